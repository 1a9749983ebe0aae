/** @file The words without one of which a text has nothing to do with batch normalization. */

const words = /BatchNormalization|batch_normalization/;

export function namesLayer(text: string): boolean {
  return words.test(text);
}
