using System.Buffers;

namespace Pipeline.Audio;

/// <summary>Reads whole sound files into memory. For files of any length there is <see cref="AudioReader"/>.</summary>
public static class AudioFile
{
    /// <summary>The most samples that are read into memory at once: 2 GB of them.</summary>
    private const int MaxSamples = 1 << 29;

    /// <summary>Room that is made at once for a file that only announces its length: the header may lie.</summary>
    private const int FirstRoom = 1 << 20;

    private const int BlockFrames = 8192;

    /// <summary>Reads a file with all its channels.</summary>
    /// <param name="path">The file.</param>
    /// <param name="useFfmpeg">Whether a file of a kind unknown to this library is given to an ffmpeg process.</param>
    /// <exception cref="AudioException">There is no such file, or no sound in it that can be read, or more than fits in memory.</exception>
    /// <exception cref="Native.MissingLibraryException">The library or program for this kind of file is not installed.</exception>
    public static Sound Read(string path, bool useFfmpeg = false)
    {
        using AudioReader reader = AudioReader.Open(path, useFfmpeg);
        return ReadAll(reader, path, mono: false);
    }

    /// <summary>Reads a file as one channel, the average of all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="useFfmpeg">Whether a file of a kind unknown to this library is given to an ffmpeg process.</param>
    /// <exception cref="AudioException">There is no such file, or no sound in it that can be read, or more than fits in memory.</exception>
    /// <exception cref="Native.MissingLibraryException">The library or program for this kind of file is not installed.</exception>
    public static Sound ReadMono(string path, bool useFfmpeg = false)
    {
        using AudioReader reader = AudioReader.Open(path, useFfmpeg);
        return ReadAll(reader, path, mono: true);
    }

    internal static Sound ReadAll(AudioReader reader, string path, bool mono)
    {
        int channels = mono ? 1 : reader.Channels;
        float[]? block = mono && reader.Channels > 1 ? ArrayPool<float>.Shared.Rent(BlockFrames * reader.Channels) : null;
        try
        {
            if (reader.FramesInFile * channels > MaxSamples)
            {
                throw TooLong(path);
            }

            float[] samples = GC.AllocateUninitializedArray<float>(FirstSize(reader, channels));
            int count = 0;
            while (true)
            {
                if (samples.Length - count < channels)
                {
                    // The room was measured out: most often the file ends just here, and growing would be in vain.
                    float[] frame = new float[reader.Channels];
                    int got = reader.Read(frame);
                    if (got == 0)
                    {
                        break;
                    }

                    samples = Grow(samples, count, path);
                    count += Take(frame, reader.Channels, mono, samples.AsSpan(count));
                    continue;
                }

                int read = block is null
                    ? reader.Read(samples.AsSpan(count))
                    : Take(block.AsSpan(0, reader.Read(block.AsSpan(0, Math.Min(BlockFrames, samples.Length - count) * reader.Channels))), reader.Channels, mono, samples.AsSpan(count));
                if (read == 0)
                {
                    break;
                }

                count += read;
            }

            if (count != samples.Length)
            {
                Array.Resize(ref samples, count);
            }

            return count > 0
                ? new Sound(samples, channels, reader.SampleRate, reader.Format, reader.Damage)
                : throw new AudioException(path, reader.Damage is null ? "it holds no sound" : $"it holds no sound that can be decoded ({reader.Damage})");
        }
        finally
        {
            if (block is not null)
            {
                ArrayPool<float>.Shared.Return(block);
            }
        }
    }

    private static int FirstSize(AudioReader reader, int channels)
    {
        long trusted = reader.FramesInFile * channels;
        long size = trusted > 0 ? trusted : Math.Min(reader.AnnouncedFrames ?? FirstRoom, FirstRoom / channels) * channels;
        return (int)Math.Max(size, channels);
    }

    private static int Take(ReadOnlySpan<float> block, int channels, bool mono, Span<float> to)
    {
        if (!mono || channels == 1)
        {
            block.CopyTo(to);
            return block.Length;
        }

        MonoMix.Mix(block, channels, to[..(block.Length / channels)]);
        return block.Length / channels;
    }

    private static float[] Grow(float[] samples, int count, string path)
    {
        if (samples.Length == MaxSamples)
        {
            throw TooLong(path);
        }

        float[] larger = GC.AllocateUninitializedArray<float>((int)Math.Min(MaxSamples, Math.Max(2L * samples.Length, 2 * AudioReader.MaxChannels)));
        samples.AsSpan(0, count).CopyTo(larger);
        return larger;
    }

    private static AudioException TooLong(string path) =>
        new(path, $"it holds more than {MaxSamples:n0} samples, too many to have in memory at once");
}
