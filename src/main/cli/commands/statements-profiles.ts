import { type Command, openConnection } from '../context.ts';
import { counted, table } from '../table.ts';

const COLUMNS = [
  { heading: 'Profile' },
  { heading: 'Kind' },
  { heading: 'Version', right: true },
  { heading: 'Decimal' },
  { heading: 'Columns' },
];

/** `statements profiles`: how the files of each source are read. */
export const statementsProfiles: Command = async (context) => {
  const { reader } = await openConnection(context, 'read');
  const profiles = await reader.profilesList();
  const rows = profiles.map(({ name, kind, version, spec }) => [
    name,
    kind,
    `${version}`,
    spec.decimal,
    Object.entries(spec.columns)
      .map(([field, column]) => `${field}=${column}`)
      .join(', '),
  ]);
  return {
    json: { profiles },
    text: [`${counted(profiles.length, 'profile')}.`, ...(rows.length > 0 ? ['', ...table(COLUMNS, rows)] : [])].join(
      '\n',
    ),
    needsPerson: false,
  };
};
