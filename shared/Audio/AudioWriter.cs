using System.Buffers.Binary;

namespace Pipeline.Audio;

/// <summary>Writes whole sound files.</summary>
public static class AudioWriter
{
    private const int WavHeaderBytes = 44;
    private const int AuHeaderBytes = 24;

    /// <summary>
    /// Writes a file of the given kind. 16-bit samples are rounded to the nearest of 1/32768 steps, NaN becomes 0.
    /// </summary>
    /// <param name="stream">Where to; it need not be seekable, and stays open.</param>
    /// <param name="samples">Samples, frame after frame (interleaved channels); 1 is full scale.</param>
    /// <param name="channels">Channels, 1 or more.</param>
    /// <param name="sampleRate">Frames per second.</param>
    /// <param name="container">The kind of file.</param>
    /// <param name="format">How samples are stored.</param>
    /// <exception cref="ArgumentException">The samples are no whole number of frames, or more than the header can count (4 GB).</exception>
    public static void Write(
        Stream stream, ReadOnlySpan<float> samples, int channels, int sampleRate,
        AudioContainer container = AudioContainer.Wav, SampleFormat format = SampleFormat.Int16)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        if (samples.Length % channels != 0)
        {
            throw new ArgumentException($"{samples.Length} samples are no whole number of frames of {channels} channels", nameof(samples));
        }
        int width = format == SampleFormat.Int16 ? 2 : 4;
        long bytes = (long)samples.Length * width;
        if (bytes > uint.MaxValue - WavHeaderBytes)
        {
            throw new ArgumentException($"{bytes} bytes of samples are more than the header of a wav or au file can count", nameof(samples));
        }

        bool bigEndian = container == AudioContainer.Au;
        Span<byte> header = stackalloc byte[WavHeaderBytes];
        header = bigEndian
            ? AuHeader(header, (uint)bytes, channels, sampleRate, format)
            : WavHeader(header, (uint)bytes, channels, sampleRate, format, width);
        stream.Write(header);

        byte[] buffer = new byte[Math.Min(samples.Length, 16384) * width];
        while (!samples.IsEmpty)
        {
            int count = Math.Min(samples.Length, buffer.Length / width);
            Encode(samples[..count], buffer, format, bigEndian);
            stream.Write(buffer, 0, count * width);
            samples = samples[count..];
        }
    }

    private static void Encode(ReadOnlySpan<float> samples, Span<byte> bytes, SampleFormat format, bool bigEndian)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            if (format == SampleFormat.Int16)
            {
                short value = ToInt16(samples[i]);
                BinaryPrimitives.WriteInt16LittleEndian(bytes[(2 * i)..], bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
            }
            else
            {
                int value = BitConverter.SingleToInt32Bits(samples[i]);
                BinaryPrimitives.WriteInt32LittleEndian(bytes[(4 * i)..], bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
            }
        }
    }

    private static short ToInt16(float sample) =>
        float.IsNaN(sample) ? (short)0 : (short)Math.Clamp(MathF.Round(sample * 32768f), short.MinValue, short.MaxValue);

    private static Span<byte> WavHeader(Span<byte> header, uint bytes, int channels, int sampleRate, SampleFormat format, int width)
    {
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], bytes + WavHeaderBytes - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], (ushort)(format == SampleFormat.Int16 ? 1 : 3));
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], checked((ushort)channels));
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)sampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)(sampleRate * channels * width));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], checked((ushort)(channels * width)));
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], (ushort)(8 * width));
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], bytes);
        return header[..WavHeaderBytes];
    }

    private static Span<byte> AuHeader(Span<byte> header, uint bytes, int channels, int sampleRate, SampleFormat format)
    {
        ".snd"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], AuHeaderBytes);
        BinaryPrimitives.WriteUInt32BigEndian(header[8..], bytes);
        BinaryPrimitives.WriteUInt32BigEndian(header[12..], format == SampleFormat.Int16 ? 3u : 6u);
        BinaryPrimitives.WriteUInt32BigEndian(header[16..], (uint)sampleRate);
        BinaryPrimitives.WriteUInt32BigEndian(header[20..], (uint)channels);
        return header[..AuHeaderBytes];
    }
}
