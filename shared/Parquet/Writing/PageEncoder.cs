using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Pipeline.Parquet.Codecs;
using Pipeline.Parquet.Encodings;
using Pipeline.Parquet.Metadata;

namespace Pipeline.Parquet.Writing;

/// <summary>Makes the bytes of pages: levels, values, compression, checksum, header. One thread at a time uses it.</summary>
internal sealed class PageEncoder : IDisposable
{
    private readonly bool hasChecksums;
    private readonly PageCompressor compressor;
    private readonly ThriftWriter header = new();
    private readonly ByteBuffer body = new();
    private readonly RleEncoder runs;

    public PageEncoder(ParquetWriterOptions options)
    {
        hasChecksums = options.Checksums;
        compressor = new PageCompressor(options.ChosenCodec, options.Level);
        runs = new RleEncoder(body, 0);
    }

    /// <summary>Encodes a data page into its <see cref="PageDraft.Output"/>.</summary>
    public void Encode(PageDraft draft)
    {
        body.Clear();
        PutLevels(draft.Repetition.Written, 1);
        PutLevels(draft.Definition.Written, draft.DefinitionWidth);
        PutValues(draft);
        ReadOnlySpan<byte> compressed = compressor.Compress(body.Written);
        BeginHeader(PageType.Data, compressed);
        int outer = header.BeginStruct(5);
        header.Int32(1, draft.Entries);
        header.Int32(2, (int)draft.Encoding);
        header.Int32(3, (int)ValueEncoding.Rle);
        header.Int32(4, (int)ValueEncoding.Rle);
        header.EndStruct(outer);
        header.EndStruct(0);
        draft.Output.Put(header.Written);
        draft.Output.Put(compressed);
        draft.UncompressedSize = header.Written.Length + body.Length;
    }

    /// <summary>Writes a dictionary page and gives its size and its size before compression, header included in both.</summary>
    public (int Size, int UncompressedSize) WriteDictionary(Stream output, ReadOnlySpan<byte> values, int count)
    {
        body.Clear();
        body.Put(values);
        ReadOnlySpan<byte> compressed = compressor.Compress(body.Written);
        BeginHeader(PageType.Dictionary, compressed);
        int outer = header.BeginStruct(7);
        header.Int32(1, count);
        header.Int32(2, (int)ValueEncoding.Plain);
        header.EndStruct(outer);
        header.EndStruct(0);
        output.Write(header.Written);
        output.Write(compressed);
        return (header.Written.Length + compressed.Length, header.Written.Length + body.Length);
    }

    public void Dispose() => compressor.Dispose();

    /// <summary>Puts levels as runs, with their length before them; nothing where there are none.</summary>
    private void PutLevels(ReadOnlySpan<byte> levels, int width)
    {
        if (levels.IsEmpty)
        {
            return;
        }

        int start = body.Length;
        body.Room(4).Clear();
        runs.Start(width);
        runs.Add(levels);
        runs.Finish();
        BinaryPrimitives.WriteInt32LittleEndian(body.Since(start), body.Length - start - 4);
    }

    private void PutValues(PageDraft draft)
    {
        ReadOnlySpan<byte> values = draft.Values.Written;
        switch (draft.Encoding)
        {
            case ValueEncoding.ByteStreamSplit:
                ByteStreamSplit.Encode(values, draft.ValueWidth, body.Room(values.Length));
                break;
            case ValueEncoding.RleDictionary:
                body.Put((byte)draft.IndexWidth);
                runs.Start(draft.IndexWidth);
                runs.Add(MemoryMarshal.Cast<byte, int>(values));
                runs.Finish();
                break;
            default:
                body.Put(values);
                break;
        }
    }

    private void BeginHeader(PageType type, ReadOnlySpan<byte> compressed)
    {
        header.Clear();
        header.Int32(1, (int)type);
        header.Int32(2, body.Length);
        header.Int32(3, compressed.Length);
        if (hasChecksums)
        {
            header.Int32(4, (int)Crc32.Compute(compressed));
        }
    }
}
