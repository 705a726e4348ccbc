import { openWriterFiles } from '../../src/main/database/connection-files.ts';

/** A process to be killed: prints `go`, brings a connection folder to the newest schema, prints `done`. */
const [folder = ''] = process.argv.slice(2);
process.stdout.write('go\n');
openWriterFiles(folder).close();
process.stdout.write('done\n');
