import { config } from 'zod';

// Zod writes functions from text where it may. The window's policy forbids that, and each try would stand on the
// console; this runs before the first schema is made.
config({ jitless: true });
