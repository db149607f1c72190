import type {
  ContractProcedure,
  ErrorMap,
  InferSchemaInput,
  InferSchemaOutput,
  Meta,
  Schema,
} from '@orpc/contract';

/** What a handler gets besides its input: a signal that fires when the caller gives up. */
export type Call = { readonly signal?: AbortSignal | undefined };

type AnyObjectSchema = Schema<unknown, unknown>;

/** The functions that implement a contract: parsed input in, output (to be parsed again) out. */
export type Handlers<Contract> = {
  [Key in keyof Contract]: Contract[Key] extends ContractProcedure<
    infer Input extends AnyObjectSchema,
    infer Output extends AnyObjectSchema,
    ErrorMap,
    Meta
  >
    ? (
        input: InferSchemaOutput<Input>,
        call: Call,
      ) => Promise<InferSchemaInput<Output>> | InferSchemaInput<Output>
    : Handlers<Contract[Key]>;
};
