#!/usr/bin/env node
// unify-labels in SQL, to be put in the place of the pipeline's own:
//
//   make dataset UNIFY_LABELS='node tests/Pipeline.Tests/swap/unify-labels.mjs'
//
// A stage is a command that reads the files named by its options and writes the one named by --out; options that it does
// not need (--report, --genres, --set) it passes over. It takes Tagtraum's word, then Top-MAGD's, then the class folder's.

import { createRequire } from 'node:module'
import { renameSync } from 'node:fs'

// DuckDB is where the other checks have it; elsewhere it would be an import of '@duckdb/node-api'.
const require = createRequire(new URL('../../Interop/package.json', import.meta.url))
const { DuckDBInstance } = require('@duckdb/node-api')

const options = { '--recordings': [], '--tagtraum': [], '--topmagd': [], '--out': [] }
for (let i = 2; i + 1 < process.argv.length; i += 2) options[process.argv[i]]?.push(process.argv[i + 1])
const out = options['--out'][0]
if (!out || options['--recordings'].length === 0) { console.error('usage: unify-labels.mjs --recordings FILE --tagtraum FILE --topmagd FILE --out FILE'); process.exit(2) }

const files = list => '[' + list.map(f => `'${f.replaceAll("'", "''")}'`).join(', ') + ']'
// Lines such as "TRAAAAK128F9318786<TAB>Pop_Rock", the genre in small letters; of several files, and of the lines in each, the
// first that names a track counts.
const genres = list => list.length === 0 ? "SELECT NULL::VARCHAR AS track, NULL::VARCHAR AS genre WHERE false" : `
  SELECT field[1] AS track, arg_min(lower(replace(field[2], ' ', '_')), [file, n]) AS genre
  FROM (
    SELECT file, string_split(unnest(lines), chr(9)) AS field, generate_subscripts(lines, 1) AS n
    FROM (SELECT list_position(${files(list)}, filename) AS file, string_split(replace(content, chr(13), ''), chr(10)) AS lines FROM read_text(${files(list)})))
  WHERE len(field) > 1 AND NOT starts_with(field[1], '#') GROUP BY track`

const connection = await (await DuckDBInstance.create()).connect()
await connection.run(`
  CREATE VIEW recordings AS SELECT recording_id, track_id, folder_label FROM read_parquet(${files(options['--recordings'])});
  CREATE TABLE tagtraum AS ${genres(options['--tagtraum'])};
  CREATE TABLE topmagd AS ${genres(options['--topmagd'])};
  COPY (
    SELECT
      recording_id,
      coalesce(tagtraum.genre, topmagd.genre, lower(folder_label)) AS genre,
      tagtraum.genre AS tagtraum_majority,
      topmagd.genre AS topmagd,
      folder_label AS folder,
      CASE WHEN tagtraum.genre IS NULL OR topmagd.genre IS NULL THEN 'only-one' WHEN tagtraum.genre = topmagd.genre THEN 'agree' ELSE 'disagree' END AS agreement,
      CASE WHEN tagtraum.genre IS NOT NULL THEN 'tagtraum' WHEN topmagd.genre IS NOT NULL THEN 'topmagd' ELSE 'folder' END AS rule
    FROM recordings
    LEFT JOIN tagtraum ON tagtraum.track = track_id
    LEFT JOIN topmagd ON topmagd.track = track_id
    WHERE coalesce(tagtraum.genre, topmagd.genre, folder_label) IS NOT NULL
  ) TO '${out.replaceAll("'", "''")}.part' (FORMAT parquet)`)
renameSync(`${out}.part`, out)
