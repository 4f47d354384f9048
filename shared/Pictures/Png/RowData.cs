using System.IO.Compression;

namespace Pipeline.Pictures.Png;

/// <summary>The unpacked rows of a file, as they come out of the chunks IDAT: no more is unpacked than is asked for.</summary>
internal sealed class RowData : IDisposable
{
    private readonly Pieces pieces;
    private readonly ZLibStream unpacked;
    private readonly string path;

    public RowData(IReadOnlyList<ReadOnlyMemory<byte>> pieces, string path)
    {
        this.path = path;
        this.pieces = new Pieces(pieces);
        unpacked = new ZLibStream(this.pieces, CompressionMode.Decompress);
    }

    /// <summary>Fills a buffer.</summary>
    /// <exception cref="PictureException">The data end before, or are damaged.</exception>
    public void Read(Span<byte> buffer)
    {
        if (ReadUpTo(buffer) < buffer.Length)
        {
            throw new PictureException(path, pieces.HasRunDry ? "it is damaged: its data end within the picture" : "it is damaged: its data are for a smaller picture");
        }
    }

    /// <summary>Looks that the data end here, which is where their checksum is compared.</summary>
    /// <exception cref="PictureException">They go on, or are damaged.</exception>
    public void End()
    {
        if (ReadUpTo(stackalloc byte[1]) > 0)
        {
            throw new PictureException(path, "it is damaged: its data go on after the last pixel");
        }

        if (pieces.HasRunDry)
        {
            throw new PictureException(path, "it is damaged: its data end before their checksum");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => unpacked.Dispose();

    private int ReadUpTo(Span<byte> buffer)
    {
        try
        {
            return unpacked.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new PictureException(path, pieces.HasRunDry ? "it is damaged: its data end within the picture" : "it is damaged: its data cannot be unpacked", e);
        }
    }

    /// <summary>The pieces as one stream, which notes when more was asked for than there is.</summary>
    private sealed class Pieces(IReadOnlyList<ReadOnlyMemory<byte>> pieces) : Stream
    {
        private int piece;
        private int place;

        public bool HasRunDry { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            while (piece < pieces.Count)
            {
                ReadOnlySpan<byte> rest = pieces[piece].Span[place..];
                if (rest.Length > 0)
                {
                    int count = Math.Min(rest.Length, buffer.Length);
                    rest[..count].CopyTo(buffer);
                    place += count;
                    return count;
                }

                piece++;
                place = 0;
            }

            HasRunDry = true;
            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
