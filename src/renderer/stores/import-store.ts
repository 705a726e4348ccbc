import { create } from 'zustand';
import type { AppError } from '../../shared/errors.ts';
import type { ChosenFile } from '../../shared/ipc/statement-calls.ts';
import type {
  DecimalStyle,
  ImportResult,
  StatementChoices,
  StatementKind,
  StatementPreview,
  StatementProfile,
  StatementSpec,
} from '../../shared/statements.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { chosenReading, proveDecimals } from './decimal-proof.ts';
import { useToasts } from './toast-store.ts';

/** What main is doing for the import at the moment. */
export type ImportWork = 'looking' | 'checking' | 'importing';

interface Draft {
  file: ChosenFile | null;
  preview: StatementPreview | null;
  kind: StatementKind;
  /** The profile whose columns are used; null = none. */
  profile: string | null;
  spec: StatementSpec | null;
  /** What the file itself proposed, and for which kind; null where a profile says what its columns are. */
  guess: { kind: StatementKind; spec: StatementSpec } | null;
  /** The printed total as typed. */
  printed: string;
  /** The reading of amounts that a person chose, here or in the profile; null = what is proven. */
  decided: DecimalStyle | null;
  /** What the last check of the present draft said; null = not checked. */
  outcome: ImportResult | null;
  /** The statement that this import made; null before. */
  imported: { statement: number; accepted: number } | null;
  work: ImportWork | null;
  progress: { done: number; total: number } | null;
  error: AppError | null;
}

interface ImportState extends Draft {
  profiles: readonly StatementProfile[];
  readProfiles(): Promise<void>;
  /** Asks for a file and looks at it. */
  choose(): Promise<void>;
  /** Looks at a file that was dropped on the window. */
  take(file: ChosenFile | null): Promise<void>;
  /** Chooses the kind; columns that nobody chose are guessed anew where they hang on it, and all else stays as it is. */
  setKind(kind: StatementKind): Promise<void>;
  /** Takes over the columns of a profile; null keeps them as they are, without its name. */
  setProfile(name: string | null): Promise<void>;
  /** Changes how the file is read; what changes the sums is looked at again. */
  setSpec(spec: StatementSpec): Promise<void>;
  setPrinted(printed: string): void;
  decide(style: DecimalStyle): void;
  /** Reads the whole file and stores nothing. */
  check(): Promise<void>;
  store(): Promise<void>;
  cancel(): void;
  saveProfile(name: string): Promise<boolean>;
  removeProfile(name: string): Promise<void>;
  noteProgress(progress: { done: number; total: number }): void;
  startOver(): void;
  reset(): void;
}

const EMPTY: Draft = {
  file: null,
  preview: null,
  kind: 'erp',
  profile: null,
  spec: null,
  guess: null,
  printed: '',
  decided: null,
  outcome: null,
  imported: null,
  work: null,
  progress: null,
  error: null,
};

/** What of a spec the sums of a preview depend on. */
const sumsKey = ({ columns, sheet }: StatementSpec): string =>
  JSON.stringify([columns.amount, columns.refund, columns.net, sheet]);

/** Whoever pays is judged by the day of the payment, an ERP by that of the invoice: only so far do guesses hang on the kind. */
const isPayer = (kind: StatementKind): boolean => kind !== 'erp';

/** The columns of a spec and the sheet that has them, to compare with those of another. */
const layoutKey = ({ columns, sheet }: StatementSpec): string =>
  JSON.stringify([Object.entries(columns).sort(), sheet]);

/**
 * For which kind the columns were guessed, and what a person has chosen beside them; null where a person or a profile said
 * what the columns are.
 */
function standingGuess({ spec, guess }: Draft): { kind: StatementKind; beside: Partial<StatementSpec> } | null {
  if (spec === null || guess === null || layoutKey(spec) !== layoutKey(guess.spec)) return null;
  const { currency, dateOrder, decimal, fee, settlementDays } = spec;
  const order = dateOrder === guess.spec.dateOrder ? {} : { dateOrder };
  return { kind: guess.kind, beside: { currency, decimal, fee, settlementDays, ...order } };
}

/** Of the totals that a file prints the one that a reading gives, otherwise the first; empty where it prints none. */
function likelyTotal({ readings, printedTotals }: StatementPreview): string {
  const tying = printedTotals.find((total) => proveDecimals(readings, total).why === 'ties');
  return tying ?? printedTotals[0] ?? '';
}

/** How the file is read: the spec with the reading of amounts that is proven or was decided. */
export function specInForce({ preview, spec, printed, decided }: Draft): StatementSpec | null {
  if (preview === null || spec === null) return null;
  return { ...spec, decimal: chosenReading(proveDecimals(preview.readings, printed), decided) ?? 'auto' };
}

/** The import of one file, step by step. */
export const useImport = create<ImportState>((set, get) => {
  /** Grows with every file and every look; an answer to an earlier one is dropped. */
  let asked = 0;

  /** The call under way; main reads one file at a time. */
  let running: Promise<void> = Promise.resolve();

  /** Runs one call of main after stopping the one before; what it throws is shown, and a cancel is only said. */
  const working = (work: ImportWork, task: (isLatest: () => boolean) => Promise<void>): Promise<void> => {
    asked += 1;
    const mine = asked;
    const isLatest = (): boolean => mine === asked;
    const before = running;
    if (get().work !== null) get().cancel();
    set({ work, progress: null, error: null });
    running = before.then(async () => {
      try {
        if (isLatest()) await task(isLatest);
      } catch (thrown) {
        if (!isLatest()) return;
        const error = asAppError(thrown);
        if (error.code === 'CANCELLED')
          useToasts.getState().show({ tone: 'info', text: (t) => t('importing.stopped') });
        else set({ error });
      } finally {
        if (isLatest()) set({ work: null });
      }
    });
    return running;
  };

  /** Takes over what a look found of a file, or what a profile says. */
  const adopt = (preview: StatementPreview, kind: StatementKind): void => {
    const known = get().profiles.find(({ name }) => name === preview.profile);
    const decimal = known?.spec.decimal ?? 'auto';
    const guess = preview.profile === null ? { kind, spec: preview.guess } : null;
    set({ spec: preview.guess, guess, profile: preview.profile, decided: decimal === 'auto' ? null : decimal });
    if (known !== undefined) set({ kind: known.kind });
  };

  /** Takes over the columns alone, unless somebody has chosen some, be it while the file was looked at. */
  const adoptColumns = (preview: StatementPreview, kind: StatementKind): void => {
    const standing = standingGuess(get());
    if (standing === null || isPayer(get().kind) !== isPayer(kind) || preview.profile !== null) return;
    set({ spec: { ...preview.guess, ...standing.beside }, guess: { kind, spec: preview.guess } });
  };

  const look = (profile: string | null, choices: StatementChoices, takeOver: typeof adopt | null): Promise<void> =>
    working('looking', async (isLatest) => {
      const { file, kind, printed } = get();
      if (file === null) return;
      const preview = await call('statements.preview', { file: file.file, kind, profile, choices });
      if (!isLatest()) return;
      set({ preview, printed: printed || likelyTotal(preview) });
      takeOver?.(preview, kind);
    });

  const request = () => {
    const { file, kind, profile } = get();
    const spec = specInForce(get());
    return file === null || spec === null ? null : { file: file.file, kind, profile, spec };
  };

  return {
    ...EMPTY,
    profiles: [],

    async readProfiles() {
      try {
        set({ profiles: await call('profiles.list') });
      } catch (thrown) {
        set({ error: asAppError(thrown) });
      }
    },

    async choose() {
      try {
        const file = await call('statements.choose');
        if (file !== null) await get().take(file);
      } catch (thrown) {
        set({ error: asAppError(thrown) });
      }
    },

    async take(file) {
      const { kind } = get();
      set({ ...EMPTY, kind, file });
      await look(null, {}, adopt);
    },

    async setKind(kind) {
      const { profiles, profile } = get();
      const fits = profiles.some((each) => each.name === profile && each.kind === kind);
      set({ kind, profile: fits ? profile : null, outcome: null });
      const standing = standingGuess(get());
      if (standing !== null && isPayer(kind) !== isPayer(standing.kind)) await look(null, {}, adoptColumns);
    },

    async setProfile(name) {
      const profile = get().profiles.find((each) => each.name === name);
      set({ outcome: null });
      if (profile === undefined) set({ profile: null });
      else await look(profile.name, {}, adopt);
    },

    async setSpec(spec) {
      const former = get().spec;
      set({ spec, outcome: null });
      if (former === null || sumsKey(former) !== sumsKey(spec)) await look(get().profile, spec, null);
    },

    setPrinted: (printed) => set({ printed, outcome: null }),
    decide: (decided) => set({ decided, outcome: null }),

    check: () =>
      working('checking', async (isLatest) => {
        const asking = request();
        if (asking === null) return;
        set({ outcome: null });
        const outcome = await call('statements.import', { ...asking, dryRun: true });
        if (isLatest()) set({ outcome });
      }),

    store: () =>
      working('importing', async () => {
        const asking = request();
        if (asking === null) return;
        const outcome = await call('statements.import', { ...asking, dryRun: false });
        const { statement, accepted } = outcome;
        // Nothing could be taken any more, and nothing was stored: the reasons are shown instead.
        set(statement === null ? { outcome } : { imported: { statement, accepted } });
      }),

    cancel() {
      call('statements.cancel').catch((thrown: unknown) => set({ error: asAppError(thrown) }));
    },

    async saveProfile(name) {
      const { kind } = get();
      const spec = specInForce(get());
      if (spec === null) return false;
      try {
        const saved = await call('profiles.save', { name, kind, spec });
        set({ profile: saved.name, guess: null });
        await get().readProfiles();
        useToasts.getState().show({ tone: 'success', text: (t) => t('importing.saved', { name: saved.name }) });
        return true;
      } catch (thrown) {
        set({ error: asAppError(thrown) });
        return false;
      }
    },

    async removeProfile(name) {
      try {
        await call('profiles.remove', { name });
        set({ profile: null });
        await get().readProfiles();
        useToasts.getState().show({ tone: 'info', text: (t) => t('importing.profileRemoved', { name }) });
      } catch (thrown) {
        set({ error: asAppError(thrown) });
      }
    },

    noteProgress: (progress) => set({ progress }),

    startOver() {
      asked += 1;
      set({ ...EMPTY, kind: get().kind });
    },

    reset() {
      asked += 1;
      set({ ...EMPTY, profiles: [] });
    },
  };
});
