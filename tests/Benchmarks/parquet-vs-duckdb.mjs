// Our Parquet library and DuckDB side by side, in one run and in turns, so that a busy machine bothers both alike.
//
//   dotnet publish tests/Benchmarks -c Release        (compiled ahead of time, as the stages are)
//   (cd tests/Interop && npm ci)
//   node tests/Benchmarks/parquet-vs-duckdb.mjs [--rounds 5] [--rows 1000] [--labels 1000000] [--only write|read|labels]
//
// Prints a Markdown table with the medians of the rounds. MB = 10^6 bytes of values: 4 for each float, for text its UTF-8 bytes.
// Every measurement of ours is a process of its own, its start and compilation included in the processor time of "process".
// DuckDB reads in a process of its own each time, and writes from a table in memory in one process (its peak holds that table);
// only its COPY or SELECT is timed. It writes with DICTIONARY_SIZE_LIMIT 1 where floats are concerned: without that it first tries
// a dictionary in vain. It reads in two ways: "inside" sums in the engine, "out" hands the values to this language, as a program
// that goes on working with them needs it; ours always hands them out.

import { execFileSync, fork } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const { DuckDBInstance } = createRequire(join(here, '../Interop/package.json'))('@duckdb/node-api')
const quote = s => `'${s.replaceAll("'", "''")}'`
const args = process.argv.slice(2)
const option = (name, fallback) => { const i = args.indexOf('--' + name); return i < 0 ? fallback : args[i + 1] }

// ---- the side of DuckDB: a process that does what it is told

const TEXT = ['recording_id', 'genre', 'tagtraum_majority', 'tagtraum_minority', 'topmagd', 'folder', 'agreement', 'rule']
const textBytes = `sum(${TEXT.map(c => `coalesce(strlen(${c}), 0)`).join(' + ')})::DOUBLE`

async function timed(f) {
  const c = process.cpuUsage(), t = process.hrtime.bigint()
  await f()
  const wallS = Number(process.hrtime.bigint() - t) / 1e9, d = process.cpuUsage(c)
  return { wallS, cpuS: (d.user + d.system) / 1e6, peakMB: process.resourceUsage().maxRSS * 1024 / 1e6 }
}

async function readFloats(c, file, out) {
  if (!out) return (await c.runAndReadAll(`SELECT sum(list_sum("values")) FROM read_parquet(${quote(file)})`)).getRows()[0][0]
  const result = await c.stream(`SELECT "values" FROM read_parquet(${quote(file)})`)
  let sum = 0
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) return sum
    const list = chunk.getColumnVector(0)
    for (let r = 0; r < chunk.rowCount; r++) {
      const items = list.getItemVector(r).items
      for (let i = 0; i < items.length; i++) sum += items[i]
    }
  }
}

async function readText(c, file, out) {
  if (!out) return (await c.runAndReadAll(`SELECT ${textBytes} FROM read_parquet(${quote(file)})`)).getRows()[0][0]
  const result = await c.stream(`SELECT ${TEXT.join(', ')} FROM read_parquet(${quote(file)})`)
  let sum = 0
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) return sum
    for (let k = 0; k < TEXT.length; k++) for (const v of chunk.getColumnValues(k)) sum += v === null ? 0 : v.length
  }
}

async function serve() {
  const instance = await DuckDBInstance.create(':memory:')
  const c = await instance.connect()
  process.on('message', async m => {
    try {
      if (m.load) await c.run(`CREATE TABLE ${m.load} AS SELECT * FROM read_parquet(${quote(m.file)})`)
      if (m.threads) await c.run(`SET threads = ${m.threads}`)
      let answer = {}
      if (m.copy) answer = { ...await timed(() => c.run(`COPY ${m.copy} TO ${quote(m.file)} (FORMAT parquet, ${m.settings})`)), fileMB: statSync(m.file).size / 1e6 }
      if (m.read) answer = await timed(() => (m.read === 'text' ? readText : readFloats)(c, m.file, m.out))
      process.send(answer)
    } catch (e) {
      process.send({ error: String(e) })
    }
  })
}

// ---- the side that compares

const rounds = Number(option('rounds', 5)), rows = Number(option('rows', 1000)), labels = Number(option('labels', 1000000)), only = option('only')
const length = 166400

function start() {
  const p = fork(fileURLToPath(import.meta.url), ['--serve'])
  const ask = m => new Promise((resolve, reject) => {
    p.once('message', a => a.error ? reject(new Error(a.error)) : resolve(a))
    p.send(m)
  })
  return { ask, end: () => p.kill() }
}

async function once(m) {
  const p = start()
  try { return await p.ask(m) } finally { p.end() }
}

function program() {
  if (option('program')) return option('program')
  const folder = join(here, '../../artifacts/publish/Benchmarks')
  const found = existsSync(folder) ? readdirSync(folder).map(f => join(folder, f, 'Benchmarks')).find(existsSync) : undefined
  if (!found) throw new Error('dotnet publish tests/Benchmarks -c Release comes first')
  return found
}

const median = a => [...a].sort((x, y) => x - y)[a.length >> 1]

async function main() {
  const ours = program()
  const run = (...a) => JSON.parse(execFileSync(ours, a.map(String), { encoding: 'utf8' }).trim().split('\n').at(-1))
  const folder = mkdtempSync(join(tmpdir(), 'parquet-vs-duckdb-'))
  const file = name => join(folder, name + '.parquet')
  const duck = start()
  try {
    const MB = rows * length * 4 / 1e6
    const zstd = 'COMPRESSION zstd, COMPRESSION_LEVEL 1'
    const noDictionary = 'DICTIONARY_SIZE_LIMIT 1'
    const cases = []
    const add = (what, mb, ...variants) => cases.push({ what, mb: () => mb, variants: variants.map(([name, f]) => ({ name, f, results: [] })) })
    const copies = (table, to, settings) => [1, 2].map(threads => [`DuckDB, ${threads} thread${threads > 1 ? 's' : ''}`, () => duck.ask({ copy: table, file: file(to), settings, threads })])
    const reads = (kind, from) => [
      ['DuckDB inside, 1 thread', () => once({ read: kind, file: file(from), threads: 1 })],
      ['DuckDB inside, 2 threads', () => once({ read: kind, file: file(from), threads: 2 })],
      ['DuckDB out, 1 thread', () => once({ read: kind, file: file(from), threads: 1, out: true })]]

    if (!only || only !== 'labels') {
      run('table-write', file('ours-none'), '--codec', 'none', '--rows', rows)
      run('table-write', file('ours-zstd'), '--rows', rows)
      await duck.ask({ load: 't', file: file('ours-none') })
      await duck.ask({ copy: 't', file: file('duck-zstd'), settings: `${zstd}, ${noDictionary}` })
      await duck.ask({ copy: 't', file: file('duck-split'), settings: `${zstd}, ${noDictionary}, PARQUET_VERSION V2` })
      await duck.ask({ copy: 't', file: file('duck-none'), settings: `COMPRESSION uncompressed, ${noDictionary}` })
    }

    if (!only || only === 'write') {
      add('write floats, zstd 1, split', MB, ['ours', () => run('table-write', file('w-ours'), '--rows', rows)],
        ...copies('t', 'w-duck', `${zstd}, ${noDictionary}, PARQUET_VERSION V2`))
      add('write floats, zstd 1, plain', MB, ['ours', () => run('table-write', file('w-ours'), '--plain', '--rows', rows)],
        ...copies('t', 'w-duck', `${zstd}, ${noDictionary}`))
      add('write floats, uncompressed', MB, ['ours', () => run('table-write', file('w-ours'), '--codec', 'none', '--rows', rows)],
        ...copies('t', 'w-duck', `COMPRESSION uncompressed, ${noDictionary}`))
    }

    if (!only || only === 'read') {
      for (const [name, from] of [['our zstd 1, split', 'ours-zstd'], ["DuckDB's zstd 1, split", 'duck-split'], ["DuckDB's zstd 1, plain", 'duck-zstd'],
        ['our uncompressed', 'ours-none'], ["DuckDB's uncompressed", 'duck-none']]) {
        add(`read floats, ${name}`, MB, ['ours', () => run('table-read', file(from))], ...reads('floats', from))
      }
    }

    if (!only || only === 'labels') {
      const { MB: textMB } = run('labels-write', file('ours-labels'), '--rows', labels)
      await duck.ask({ load: 'l', file: file('ours-labels') })
      await duck.ask({ copy: 'l', file: file('duck-labels'), settings: zstd })
      add('write text, zstd 1', textMB, ['ours, records', () => run('labels-write', file('w-ours'), '--rows', labels)], ...copies('l', 'w-duck', zstd))
      for (const [name, from] of [['ours', 'ours-labels'], ["DuckDB's", 'duck-labels']]) {
        add(`read text, ${name}`, textMB, ['ours, columns', () => run('labels-read', file(from), '--columns')],
          ['ours, columns, 2 threads', () => run('labels-read', file(from), '--columns', '--threads', '2')],
          ['ours, records', () => run('labels-read', file(from))], ...reads('text', from))
      }
    }

    for (let round = 0; round < rounds; round++) {
      for (const c of cases) for (const v of c.variants) v.results.push(await v.f())
      process.stderr.write(`round ${round + 1} of ${rounds}\n`)
    }

    console.log(`Medians of ${rounds} rounds, ${rows} rows of ${length} floats, ${labels} rows of text.\n`)
    console.log('| what | by | MB/s | MB per CPU-s | peak MB | file MB | ours is ... times as fast, wall | CPU |')
    console.log('|---|---|--:|--:|--:|--:|--:|--:|')
    for (const c of cases) {
      const rate = (v, of) => c.mb() / median(v.results.map(r => r[of]))
      for (const v of c.variants) {
        const files = v.results.map(r => r.fileMB).filter(x => x)
        // Two threads against two, where ours has them by choice; otherwise against our first way.
        const rival = v.name.endsWith('2 threads') && c.variants.find(o => o.name.startsWith('ours') && o.name.endsWith('2 threads')) || c.variants[0]
        const ratio = of => v.name.startsWith('ours') ? '' : (median(rival.results.map((r, i) => v.results[i][of] / r[of]))).toFixed(2)
        console.log(`| ${c.what} | ${v.name} | ${rate(v, 'wallS').toFixed(0)} | ${rate(v, 'cpuS').toFixed(0)} | ${median(v.results.map(r => r.peakMB)).toFixed(0)} | `
          + `${files.length && c.what.startsWith('write') ? median(files).toFixed(1) : ''} | ${ratio('wallS')} | ${ratio('cpuS')} |`)
      }
    }
  } finally {
    duck.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (args[0] === '--serve') await serve()
else await main()
