import { z } from 'zod';

/** The network gate of a workspace: closed unless the user opened it. */
export const gatePosition = z.enum(['offline', 'online']);
export type GatePosition = z.infer<typeof gatePosition>;
