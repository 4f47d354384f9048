using Pipeline.Audio.Files;

namespace Pipeline.Audio.Coded;

/// <summary>
/// Reads MPEG audio through libmpg123, frame by frame: it goes on after damage without a word, so the gaps between the frames it
/// found are what tells of it.
/// </summary>
internal sealed unsafe class Mpg123Reader : AudioReader
{
    /// <summary>Failures without a byte consumed between them, after which nothing more is to be expected.</summary>
    private const int MaxFailuresInPlace = 16;

    private readonly ByteSource source;
    private readonly ByteWindow window;
    private readonly Mpg123.Handle handle;
    private float* pending; // in the decoder's own memory
    private int pendingCount;
    private long frames;
    private long nextFrame = -1;
    private int gaps;
    private long skippedBytes;
    private int failures;
    private string? firstFailure;
    private int otherRate;
    private long otherRateFrames;
    private int sampleRateNow;
    private bool ended;
    private bool isFinished;

    private Mpg123Reader(ByteSource source, AudioFormat format, ByteWindow window, Mpg123.Handle handle, bool isCounted)
        : base(source.Path, format)
    {
        this.source = source;
        this.window = window;
        this.handle = handle;
        if (!handle.IsOpen || !Mpg123.TryGetFormat(handle, out int sampleRate, out int channels))
        {
            window.ThrowIfFaulty();
            throw new AudioException(source.Path, $"it starts like an MP3 file, but libmpg123 finds no sound in it ({Mpg123.Error(handle)})");
        }

        CheckPlausible(source.Path, channels, sampleRate);
        SampleRate = sampleRateNow = sampleRate;
        Channels = channels;
        Mpg123.Allow(handle, channels);
        if (isCounted && Mpg123.Length(handle) is > 0 and long announced)
        {
            AnnouncedFrames = announced;
        }
    }

    /// <summary>Opens a part of the file. The reader then owns the source; where opening fails, it does not.</summary>
    public static Mpg123Reader Open(ByteSource source, AudioFormat format, long start, long length)
    {
        var window = new ByteWindow(source, start, length);
        Mpg123.Handle handle = Mpg123.Open(window);
        try
        {
            return new Mpg123Reader(source, format, window, handle, MpegHeader.HasFrameCount(source, start));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public override int Read(Span<float> interleaved)
    {
        ObjectDisposedException.ThrowIf(handle.IsClosed, this);
        int room = WholeFrames(interleaved), done = 0;
        while (done < room && (pendingCount > 0 || (!ended && DecodeFrame())))
        {
            int count = Math.Min(pendingCount, room - done);
            new ReadOnlySpan<float>(pending, count).CopyTo(interleaved[done..]);
            pending += count;
            pendingCount -= count;
            done += count;
        }

        frames += done / Channels;
        if (done == 0 && !isFinished)
        {
            isFinished = true;
            Finish();
        }

        return done;
    }

    public override void Dispose()
    {
        handle.Dispose();
        source.Dispose();
    }

    private bool DecodeFrame()
    {
        int failuresInPlace = 0;
        long place = -1;
        while (true)
        {
            Mpg123.Result result = Mpg123.Decode(handle, out pending, out int count);
            window.ThrowIfFaulty();
            switch (result)
            {
                case Mpg123.Result.Ok:
                    FollowFrame();
                    if (sampleRateNow != SampleRate)
                    {
                        otherRateFrames += count / Channels;
                    }
                    else if (count > 0)
                    {
                        pendingCount = count - count % Channels;
                        return true;
                    }

                    break;
                case Mpg123.Result.NewFormat:
                    if (Mpg123.TryGetFormat(handle, out sampleRateNow, out _) && sampleRateNow != SampleRate)
                    {
                        otherRate = sampleRateNow;
                    }

                    break;
                case Mpg123.Result.Done or Mpg123.Result.NeedMore:
                    ended = true;
                    return false;
                default:
                    failures++;
                    firstFailure ??= Mpg123.Error(handle);
                    failuresInPlace = window.Position == place ? failuresInPlace + 1 : 0;
                    place = window.Position;
                    if (failuresInPlace == MaxFailuresInPlace)
                    {
                        ended = true;
                        return false;
                    }

                    break;
            }
        }
    }

    // Frames follow each other without a gap in a sound file.
    private void FollowFrame()
    {
        (long start, int bytes) = Mpg123.LastFrame(handle);
        if (nextFrame >= 0 && start > nextFrame)
        {
            gaps++;
            skippedBytes += start - nextFrame;
        }

        nextFrame = start + bytes;
    }

    private void Finish()
    {
        AddDamageIfShort(frames);
        if (gaps > 0)
        {
            AddDamage($"{skippedBytes:n0} damaged bytes were skipped in {gaps:n0} {(gaps == 1 ? "place" : "places")}");
        }

        if (failures > 0)
        {
            AddDamage($"{failures:n0} {(failures == 1 ? "frame" : "frames")} could not be decoded ({firstFailure})");
        }

        if (otherRateFrames > 0)
        {
            AddDamage($"{otherRateFrames:n0} frames at another sample rate ({otherRate:n0} Hz) were left out");
        }

        if (AnnouncedFrames is null && IsLastFrameCut())
        {
            AddDamage("it is cut short within its last frame");
        }
    }

    private bool IsLastFrameCut()
    {
        Span<byte> bytes = stackalloc byte[4];
        return nextFrame >= 0
            && MpegHeader.Parse(bytes[..window.Peek(nextFrame, bytes)]) is { } header
            && nextFrame + header.Bytes > window.Length;
    }
}
