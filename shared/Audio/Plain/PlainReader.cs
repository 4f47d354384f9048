using System.Buffers;
using Pipeline.Audio.Files;

namespace Pipeline.Audio.Plain;

/// <summary>Reads samples that are stored as they are: a block of bytes from the file, a block of samples out of it.</summary>
internal sealed class PlainReader : AudioReader
{
    // Small enough to stay in the processor's cache between the two steps.
    private const int BufferBytes = 1 << 16;

    private readonly ByteSource source;
    private readonly PlainLayout layout;
    private readonly int frameBytes;
    private byte[]? buffer;
    private long frame;

    public PlainReader(ByteSource source, AudioFormat format, PlainLayout layout)
        : base(source.Path, format)
    {
        this.source = source;
        this.layout = layout;
        Channels = checked((int)layout.Channels);
        SampleRate = checked((int)layout.SampleRate);
        frameBytes = layout.Width * Channels;
        AnnouncedFrames = layout.AnnouncedBytes / frameBytes;
        FramesInFile = layout.Bytes / frameBytes;
        if (FramesInFile == 0)
        {
            throw new AudioException(source.Path, AnnouncedFrames > 0
                ? $"it ends before the first of {AnnouncedFrames:n0} announced frames"
                : "it is a header without sound");
        }

        AddDamageIfShort(FramesInFile);
        buffer = ArrayPool<byte>.Shared.Rent(Math.Max(BufferBytes, frameBytes));
    }

    internal override long FramesInFile { get; }

    public override int Read(Span<float> interleaved)
    {
        ObjectDisposedException.ThrowIf(buffer is null, this);
        int room = WholeFrames(interleaved), done = 0;
        while (done < room && frame < FramesInFile)
        {
            int frames = (int)Math.Min(Math.Min((room - done) / Channels, buffer.Length / frameBytes), FramesInFile - frame);
            int bytes = source.Read(layout.Offset + frame * frameBytes, buffer.AsSpan(0, frames * frameBytes));
            int whole = bytes / frameBytes;
            SampleDecoder.Decode(buffer.AsSpan(0, whole * frameBytes), layout.Encoding, layout.BigEndian, interleaved.Slice(done, whole * Channels));
            done += whole * Channels;
            frame += whole;
            if (whole < frames)
            {
                AddDamage($"the file shrank to {frame:n0} of {FramesInFile:n0} frames while it was read");
                frame = long.MaxValue;
            }
        }

        return done;
    }

    public override void Dispose()
    {
        source.Dispose();
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = null;
        }
    }
}
