using Pipeline.Audio.Files;

namespace Pipeline.Audio.Coded;

/// <summary>Reads through libsndfile: FLAC, Ogg, and what else it knows.</summary>
internal sealed class SndFileReader : AudioReader
{
    private readonly ByteSource source;
    private readonly ByteWindow window;
    private readonly SndFile.Handle handle;
    private long frames;
    private string? firstFault;
    private bool ended;

    private SndFileReader(ByteSource source, AudioFormat format, ByteWindow window, SndFile.Handle handle, SndFile.Info info)
        : base(source.Path, format)
    {
        this.source = source;
        this.window = window;
        this.handle = handle;
        Channels = info.Channels;
        SampleRate = info.SampleRate;
        AnnouncedFrames = info.Frames is > 0 and < long.MaxValue / 2 ? info.Frames : null;
    }

    /// <summary>Opens the file from <paramref name="start"/> on. The reader then owns the source; where opening fails, it does not.</summary>
    public static SndFileReader Open(ByteSource source, AudioFormat format, long start)
    {
        var window = new ByteWindow(source, start, source.Length - start);
        SndFile.Handle handle = SndFile.Open(window, out SndFile.Info info, out string? refusal);
        try
        {
            window.ThrowIfFaulty();
            if (refusal is not null)
            {
                throw new AudioException(source.Path, $"libsndfile does not read it: {refusal}");
            }

            CheckPlausible(source.Path, info.Channels, info.SampleRate);
            return new SndFileReader(source, format, window, handle, info);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public override int Read(Span<float> interleaved)
    {
        int room = WholeFrames(interleaved), done = 0;
        while (done < room && !ended)
        {
            long got = SndFile.Read(handle, interleaved[done..room], Channels);
            window.ThrowIfFaulty();
            firstFault ??= SndFile.HasError(handle) ? SndFile.Error(handle) : null;

            if (got <= 0)
            {
                ended = true;
                Finish();
                break;
            }

            done += (int)got * Channels;
            frames += got;
        }

        return done;
    }

    public override void Dispose()
    {
        handle.Dispose();
        source.Dispose();
    }

    private void Finish()
    {
        AddDamageIfShort(frames);
        if (firstFault is not null)
        {
            AddDamage($"libsndfile met damage: {firstFault}");
        }

        if (Format == AudioFormat.Ogg && OggEnd.IsMissing(window))
        {
            AddDamage("it is cut short: the Ogg stream has no end");
        }
    }
}
