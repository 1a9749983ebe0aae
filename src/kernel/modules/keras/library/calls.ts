/**
 * @file What calls of layers inside calls of layers share: the names around a new variable, the
 * `training` of the outermost call, and whether a call only finds out shapes
 * (keras/src/backend/common/name_scope.py, keras/src/layers/layer.py).
 */
import type { DType, Tensor, Variable } from "../../../../engine/index.ts";
import type { Value } from "../../../objects.ts";

interface Scope {
  readonly name: string;
  readonly owner: object;
}

export class LayerCalls {
  readonly #scopes: Scope[] = [];
  /** The layer that the running call began with; null outside of one. */
  entry: Value = null;
  /** The `training` that inner calls take over. */
  training: Value = null;
  /** The float type that weights are read in, under a mixed policy; null where it is their own. */
  autocast: DType | null = null;
  /** Greater than 0 while a call is only made to find out shapes: no statistics move. */
  stateless = 0;
  /** Variables made since the outermost stateless call began, with their first values. */
  created: [Variable, Tensor][] = [];

  /** `model/block/`: what the paths of new variables begin with; empty outside of layers. */
  prefix(owner?: object): string {
    const scopes = this.#scopes.filter((scope) => scope.owner !== owner);
    return scopes.map(({ name }) => `${name}/`).join("");
  }

  get path(): string {
    return this.prefix().slice(0, -1);
  }

  /** Opens a layer's scope, and gives what closes it. A layer within itself opens none. */
  open(name: string, owner: object): () => void {
    const innermost = this.#scopes.at(-1);
    if (innermost?.owner === owner && innermost.name === name) return () => {};
    this.#scopes.push({ name, owner });
    return () => {
      this.#scopes.pop();
    };
  }

  made(variable: Variable): void {
    if (this.stateless > 0) this.created.push([variable, variable.value]);
  }
}
