/** @file The argument reference's own words, in both languages. */
import type { ReferenceStrings } from "./reference.ts";

interface Words extends ReferenceStrings {
  readonly colon: string;
  readonly titles: {
    readonly layer: string;
    readonly arguments: string;
    readonly call: string;
    readonly function: string;
    readonly removed: string;
  };
}

const english: Words = {
  title: "BatchNormalization: Argument Reference",
  search: "Search arguments, formulas and theory",
  contents: "Contents",
  nothingFound: "Nothing here speaks of “{0}”.",
  clear: "Clear the search",
  default: "default",
  required: "required",
  example: "Example",
  tryIt: "Try it",
  insert: "Insert into the call",
  officialPage: "keras.io",
  otherLanguage: "中文",
  colon: ": ",
  titles: {
    layer: "The layer",
    arguments: "Arguments",
    call: "Arguments of a call of the layer",
    function: "keras.ops.batch_normalization",
    removed: "Removed arguments",
  },
};

const chinese: Words = {
  title: "BatchNormalization：参数手册",
  search: "搜索参数、公式和理论",
  contents: "目录",
  nothingFound: "这里没有提到“{0}”。",
  clear: "清除搜索",
  default: "默认值",
  required: "必须给出",
  example: "示例",
  tryIt: "试一试",
  insert: "插入到调用中",
  officialPage: "keras.io",
  otherLanguage: "English",
  colon: "：",
  titles: {
    layer: "这个层",
    arguments: "参数",
    call: "调用层时的参数",
    function: "keras.ops.batch_normalization",
    removed: "已移除的参数",
  },
};

/** @param language A language tag; all but Simplified Chinese get English. */
export function referenceStringsFor(language: string): Words {
  return language.toLowerCase() === "zh-cn" ? chinese : english;
}
