using System.Buffers.Binary;
using System.Numerics;
using Pipeline.Parquet.Codecs;
using Pipeline.Parquet.Encodings;
using Pipeline.Parquet.Metadata;

namespace Pipeline.Parquet.Reading;

/// <summary>Reads the pages of one column chunk, one after the other: header, checksum, decompression, levels apart from values.</summary>
internal sealed class PageReader : IDisposable
{
    /// <summary>A page with more entries than this is refused: no writer makes one, a forged one would take hours.</summary>
    private const int MaxEntries = 1 << 26;

    /// <summary>Old writers left a page's header out of the chunk's size (PARQUET-816).</summary>
    private const int HeaderSlack = 100;

    private const int ReadAhead = 64 << 10;

    /// <summary>A page header beyond this is refused: the longest have the bounds of two long texts.</summary>
    private const int MaxHeader = 16 << 20;

    private readonly FileSource file;
    private readonly ColumnDescriptor column;
    private readonly PageDecompressor decompressor = new();
    private ColumnChunkMetadata chunk = null!;
    private long position;       // of the window's first byte not yet used, in the file
    private long announcedEnd;   // of the chunk, in the file
    private long end;            // of the chunk with its slack
    private byte[] window = [];  // bytes read from the file, ahead of use
    private int windowStart;
    private int windowEnd;

    public PageReader(FileSource file, ColumnDescriptor column)
    {
        this.file = file;
        this.column = column;
    }

    /// <summary>Header of the current page.</summary>
    public PageHeader Header { get; private set; }

    /// <summary>Uncompressed values of the current data page, or content of the current dictionary page. Valid until the next page.</summary>
    public ReadOnlyMemory<byte> Values { get; private set; }

    /// <summary>Bytes of the chunk's data pages so far, after decompression.</summary>
    public long DecompressedBytes { get; private set; }

    /// <summary>Starts on a chunk.</summary>
    public void Start(ColumnChunkMetadata chunk)
    {
        if (chunk.Refusal is { } refusal)
        {
            throw new ParquetException(refusal);
        }

        this.chunk = chunk;
        DecompressedBytes = 0;
        position = chunk.FirstPageOffset;
        if (position < 4 || chunk.CompressedSize < 0 || position > file.Length || chunk.CompressedSize > file.Length - position)
        {
            throw new ParquetException($"the column should be {chunk.CompressedSize} bytes from {position} on, in a file of {file.Length}");
        }

        announcedEnd = position + chunk.CompressedSize;
        end = Math.Min(announcedEnd + HeaderSlack, file.Length);
        windowStart = windowEnd = 0;
    }

    /// <summary>Moves on to the next data or dictionary page. The levels of a data page are handed to the decoders.</summary>
    public void Next(LevelDecoder repetition, LevelDecoder definition)
    {
        while (true)
        {
            Header = ReadHeader();
            ReadOnlyMemory<byte> body = Take(Header.CompressedSize);
            if (Header.Crc is { } crc && (uint)crc != Crc32.Compute(body.Span))
            {
                throw new ParquetException("a page's checksum does not match its content: the file is damaged");
            }

            switch (Header.Type)
            {
                case PageType.Dictionary:
                    Values = Decompress(body, Header.UncompressedSize);
                    return;
                case PageType.Data:
                    CheckEntries();
                    ReadOnlyMemory<byte> page = Decompress(body, Header.UncompressedSize);
                    DecompressedBytes += page.Length;
                    page = StartLevels(repetition, column.MaxRepetition, Header.RepetitionEncoding, page);
                    Values = StartLevels(definition, column.MaxDefinition, Header.DefinitionEncoding, page);
                    return;
                case PageType.DataV2:
                    CheckEntries();
                    StartVersion2(repetition, definition, body);
                    return;
                default:
                    continue; // index pages and kinds to come may be passed over
            }
        }
    }

    public void Dispose() => decompressor.Dispose();

    private void CheckEntries()
    {
        if (Header.ValueCount > MaxEntries)
        {
            throw new ParquetException($"a page announces {Header.ValueCount} values, more than the {MaxEntries} that any page may have");
        }
    }

    private void StartVersion2(LevelDecoder repetition, LevelDecoder definition, ReadOnlyMemory<byte> body)
    {
        int r = Header.RepetitionBytes, d = Header.DefinitionBytes, levels = r + d;
        if (r < 0 || d < 0 || levels < 0 || levels > body.Length || levels > Header.UncompressedSize)
        {
            throw new ParquetException($"a page of {body.Length} bytes announces {(long)r + d} bytes of levels");
        }

        repetition.StartRuns(body[..r]);
        definition.StartRuns(body[r..levels]);
        ReadOnlyMemory<byte> values = body[levels..];
        int uncompressed = Header.UncompressedSize - levels;

        // Writers leave an empty rest uncompressed although they say that it is compressed.
        Values = Header.IsCompressed && uncompressed > 0 ? Decompress(values, uncompressed) : values;
        DecompressedBytes += levels + Values.Length;
    }

    private static ReadOnlyMemory<byte> StartLevels(LevelDecoder decoder, int maximum, int entries, ValueEncoding encoding, ReadOnlyMemory<byte> page)
    {
        if (maximum == 0)
        {
            return page;
        }

        switch (encoding)
        {
            case ValueEncoding.Rle:
                if (page.Length < 4)
                {
                    throw new ParquetException("a page ends within its levels");
                }

                int length = BinaryPrimitives.ReadInt32LittleEndian(page.Span);
                if (length < 0 || length > page.Length - 4)
                {
                    throw new ParquetException($"a page announces {length} bytes of levels and holds {page.Length - 4}");
                }

                decoder.StartRuns(page.Slice(4, length));
                return page[(4 + length)..];

            case ValueEncoding.BitPacked:
                long bytes = ((long)entries * decoder.Width + 7) / 8;
                if (bytes > page.Length)
                {
                    throw new ParquetException($"a page announces {bytes} bytes of levels and holds {page.Length}");
                }

                decoder.StartPacked(page[..(int)bytes]);
                return page[(int)bytes..];

            default:
                throw new ParquetException($"a page's levels have the encoding {encoding}, which no level can have");
        }
    }

    private ReadOnlyMemory<byte> StartLevels(LevelDecoder decoder, int maximum, ValueEncoding encoding, ReadOnlyMemory<byte> page) =>
        StartLevels(decoder, maximum, Header.ValueCount, encoding, page);

    private ReadOnlyMemory<byte> Decompress(ReadOnlyMemory<byte> body, int uncompressed)
    {
        if (chunk.Codec == CompressionCodec.Uncompressed)
        {
            return body.Length == uncompressed
                ? body
                : throw new ParquetException($"an uncompressed page announces {uncompressed} bytes and holds {body.Length}");
        }

        if (body.IsEmpty && uncompressed == 0)
        {
            return body;
        }

        try
        {
            decompressor.Decompress(chunk.Codec, body.Span, uncompressed);
            return decompressor.Page;
        }
        catch (CodecException e)
        {
            throw new ParquetException(e.Message, cause: e);
        }
    }

    private PageHeader ReadHeader()
    {
        if (position >= end)
        {
            throw EndsTooSoon();
        }

        int wanted = 256;
        while (true)
        {
            Fill(wanted);
            var thrift = new ThriftReader(window.AsSpan(windowStart, windowEnd - windowStart));
            try
            {
                PageHeader header = PageHeader.Read(ref thrift);
                windowStart += thrift.Position;
                position += thrift.Position;
                return header;
            }
            catch (ParquetException) when (thrift.RanOut && windowEnd - windowStart < end - position)
            {
                if (windowEnd - windowStart >= MaxHeader)
                {
                    throw new ParquetException($"a page's header does not end within {MaxHeader} bytes");
                }

                wanted = Math.Max(wanted, windowEnd - windowStart) * 8; // statistics in the header can be long
            }
            catch (ParquetException) when (position >= announcedEnd)
            {
                throw EndsTooSoon(); // what was taken for a header is the next column or the footer
            }
        }
    }

    private static ParquetException EndsTooSoon() => new("the column ends before its last value");

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (count > end - position)
        {
            throw new ParquetException($"a page announces {count} bytes, its column has {end - position} left");
        }

        Fill(count);
        windowStart += count;
        position += count;
        return window.AsMemory(windowStart - count, count);
    }

    /// <summary>Has the window hold that many bytes, or all up to the chunk's end.</summary>
    private void Fill(int wanted)
    {
        int have = windowEnd - windowStart;
        long available = end - position;
        if (have >= Math.Min(wanted, available))
        {
            return;
        }

        int target = (int)Math.Min(available, Math.Max(wanted, ReadAhead));
        if (windowStart + target > window.Length)
        {
            byte[] larger = window;
            if (target > window.Length)
            {
                larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, BitOperations.RoundUpToPowerOf2((uint)target)));
            }

            window.AsSpan(windowStart, have).CopyTo(larger);
            window = larger;
            windowStart = 0;
            windowEnd = have;
        }

        file.Read(position + have, window.AsSpan(windowEnd, target - have));
        windowEnd = windowStart + target;
    }
}
