/** A compiled program, as the engine keeps it. */
export type WasmModule = { readonly isWasmModule: unique symbol };

type WasmMemory = { readonly buffer: ArrayBuffer };

/** What a program offers; which functions is known by whoever compiled it. */
export type WasmExports = { readonly memory: WasmMemory };

type Engine = {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new <Exports extends WasmExports>(module: WasmModule) => { readonly exports: Exports };
};

/** The engine's WebAssembly: Node has it, but only the DOM's types, which the core does without, describe it. */
export const webAssembly: Engine = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;
