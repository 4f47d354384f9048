// Lists the pages of a Parquet file (by hyparquet's page header reader): offset, kind, codec, encoding, counts, checksum.
//   node pages.mjs FILE
import { readFileSync } from 'node:fs'
import zlib from 'node:zlib'
import { parquetMetadata } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'

const file = readFileSync(process.argv[2])
const metadata = parquetMetadata(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength))
const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
metadata.row_groups.forEach((group, g) => group.columns.forEach(c => {
  const m = c.meta_data
  const total = Number(m.num_values)
  let start = Number(m.data_page_offset)
  if (m.dictionary_page_offset && Number(m.dictionary_page_offset) < start) start = Number(m.dictionary_page_offset)
  const show = v => v instanceof Uint8Array ? '0x' + Buffer.from(v).toString('hex') : typeof v === 'bigint' ? Number(v) : v
  console.log(`group ${g} (${group.num_rows} rows) ${m.path_in_schema.join('.')}: ${m.type} ${m.codec} values ${total} ` +
    `encodings ${m.encodings} dictionary_page_offset ${m.dictionary_page_offset ?? '-'} data_page_offset ${m.data_page_offset} ` +
    `compressed ${m.total_compressed_size} statistics ${JSON.stringify(m.statistics ?? {}, (_, v) => show(v))}`)
  const reader = { view, offset: start }
  for (let n = 0; n < total;) {
    const at = reader.offset
    const h = parquetHeader(reader)
    const d = h.data_page_header ?? h.data_page_header_v2 ?? h.dictionary_page_header
    const crc = h.crc === undefined ? 'none'
      : zlib.crc32(file.subarray(reader.offset, reader.offset + h.compressed_page_size)) === h.crc >>> 0 ? 'ok' : 'WRONG'
    console.log(`  @${at} ${h.type} ${d?.encoding} values ${d?.num_values}` +
      (h.data_page_header_v2 ? ` nulls ${d.num_nulls} rows ${d.num_rows} levels ${d.repetition_levels_byte_length}+${d.definition_levels_byte_length} is_compressed ${d.is_compressed}` : '') +
      ` bytes ${h.compressed_page_size} of ${h.uncompressed_page_size} crc ${crc}` +
      ` starts ${Buffer.from(file.subarray(reader.offset, reader.offset + Math.min(h.compressed_page_size, 24))).toString('hex')}`)
    reader.offset += h.compressed_page_size
    if (h.type.startsWith('DATA')) n += d.num_values
    if (!h.type.startsWith('D')) break
  }
}))
