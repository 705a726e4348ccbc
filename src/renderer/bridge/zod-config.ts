import { z } from 'zod';

// The page's policy forbids code made from text. Schemas decide how they parse when they are built, so this module has
// to be imported before any that builds one.
z.config({ jitless: true });
