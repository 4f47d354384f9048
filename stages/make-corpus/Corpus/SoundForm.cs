using System.Buffers.Binary;
using Pipeline.Audio;
using Pipeline.Stages.MakeCorpus.Composition;
using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>How a sound becomes a file. What it is without arguments is GTZAN's: one channel of 16 bits at <see cref="Samples.Rate"/>.</summary>
/// <param name="Container">Kind of file; integers of 8 and 24 bits are stored as wav alone.</param>
/// <param name="Rate">Samples per second of the file.</param>
/// <param name="Channels">1, or 2 for a sound that is spread out.</param>
/// <param name="Depth">Of a sample.</param>
internal sealed record SoundForm(AudioContainer Container = AudioContainer.Wav, int Rate = Samples.Rate, int Channels = 1, SampleDepth Depth = SampleDepth.Int16)
{
    // What the two sides differ by: the sound, so many seconds late, at this level. Their mean is the sound itself.
    private const double SideDelay = 0.013;
    private const float SideLevel = 0.35f;

    // What is met in collections; the plainest, which take least room, are the most frequent.
    private static readonly SoundForm[] Met =
    [
        new(), new(), new(Depth: SampleDepth.UInt8), new(Depth: SampleDepth.Float32), new(Channels: 2), new(Rate: 44100), new(Rate: 44100),
        new(Rate: 44100, Channels: 2), new(Rate: 48000), new(Rate: 48000, Depth: SampleDepth.Int24), new(Rate: 22050, Channels: 2, Depth: SampleDepth.Int24),
    ];

    /// <summary>Extension of its files, with the dot.</summary>
    public string Extension => Container == AudioContainer.Wav ? ".wav" : ".au";

    /// <summary>The same kind of file without anything that would change the samples.</summary>
    public SoundForm Plain => new(Container);

    /// <summary>A wav of some rate, channels and depth.</summary>
    public static SoundForm Any(Dice dice) => dice.Pick(Met);

    /// <summary>The bytes of the file.</summary>
    /// <param name="samples">One channel at <see cref="Samples.Rate"/>, within ±1.</param>
    public byte[] Encode(float[] samples)
    {
        float[] sound = Resampler.Resample(samples, Samples.Rate, Rate);
        if (Channels == 2)
        {
            sound = Spread(sound);
        }

        using var file = new MemoryStream();
        switch (Depth)
        {
            case SampleDepth.Int16:
                AudioWriter.Write(file, sound, Channels, Rate, Container);
                break;
            case SampleDepth.Float32:
                AudioWriter.Write(file, sound, Channels, Rate, Container, SampleFormat.Float32);
                break;
            default:
                WriteIntegers(file, sound, Depth == SampleDepth.UInt8 ? 1 : 3);
                break;
        }

        return file.ToArray();
    }

    private float[] Spread(float[] mono)
    {
        int late = (int)(SideDelay * Rate);
        float[] both = new float[2 * mono.Length];
        for (int i = 0; i < mono.Length; i++)
        {
            float side = i < late ? 0 : SideLevel * mono[i - late];
            both[2 * i] = (mono[i] + side) / (1 + SideLevel);
            both[2 * i + 1] = (mono[i] - side) / (1 + SideLevel);
        }

        return both;
    }

    private void WriteIntegers(MemoryStream file, float[] samples, int width)
    {
        byte[] header = new byte[44];
        int bytes = samples.Length * width, padding = bytes % 2; // chunks are of even length
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), header.Length - 8 + bytes + padding);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), (short)Channels);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), Rate * Channels * width);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), (short)(Channels * width));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), (short)(8 * width));
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), bytes);
        file.Write(header);

        float full = 1 << (8 * width - 1);
        byte[] data = new byte[bytes + padding];
        for (int i = 0; i < samples.Length; i++)
        {
            int value = (int)Math.Clamp(MathF.Round(samples[i] * full), -full, full - 1);
            if (width == 1)
            {
                data[i] = (byte)(value + 128);
            }
            else
            {
                (data[3 * i], data[3 * i + 1], data[3 * i + 2]) = ((byte)value, (byte)(value >> 8), (byte)(value >> 16));
            }
        }

        file.Write(data);
    }
}
