using System.Buffers;
using System.Security.Cryptography;
using Pipeline.Audio;
using Pipeline.Datasets;
using Pipeline.Stages.AudioIngestion.Fingerprinting;

namespace Pipeline.Stages.AudioIngestion;

/// <summary>Decodes sound files from end to end and says what is wrong with them. Several threads may use it at once.</summary>
/// <param name="manifest">What the clips should be, or null.</param>
/// <param name="minSeconds">What is shorter is a fault.</param>
/// <param name="useFfmpeg">Whether ffmpeg may read what nothing else does.</param>
/// <param name="takeFingerprints">Whether near duplicates are going to be looked for.</param>
internal sealed class ClipReader(Manifest? manifest, double minSeconds, bool useFfmpeg, bool takeFingerprints)
{
    private const int BlockSamples = 1 << 14;

    // In well-mastered loud music a few waves touch full scale; from this share on it is heard.
    private const double ClippedShare = 0.01;

    /// <summary>Reads a file. Whatever is wrong with it is among its faults.</summary>
    public Clip Read(ClassFile item)
    {
        string? hash = null;
        Exception? failure = null;
        try
        {
            hash = Hash(item.File);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failure = e;
        }

        var clip = new Clip { Item = item, Manifest = manifest?.Find(item.Path), Sha256 = hash };
        if (failure is not null)
        {
            clip.Faults.Add(new Fault(FaultNames.Unreadable, FoundFile.Reason(failure, item)));
            return clip;
        }

        try
        {
            Decode(clip);
        }
        catch (AudioException e)
        {
            clip.Faults.Add(new Fault(FaultNames.Unreadable, e.Reason));
        }

        return clip;
    }

    private void Decode(Clip clip)
    {
        AudioFormat format;
        using (AudioReader reader = AudioReader.Open(clip.Item.File, useFfmpeg))
        {
            format = reader.Format;
            var meter = new SampleMeter(reader.Channels);
            SpectrogramPeaks? peaks = takeFingerprints ? new SpectrogramPeaks(reader.SampleRate) : null;
            Measure(reader, meter, peaks);
            if (meter.Frames == 0)
            {
                clip.Faults.Add(new Fault(FaultNames.Unreadable, reader.Damage is { } damage ? $"it holds no sound that can be decoded ({damage})" : "it holds no sound"));
                return;
            }

            clip.SampleRate = reader.SampleRate;
            clip.Channels = reader.Channels;
            clip.DurationS = (double)meter.Frames / reader.SampleRate;
            clip.Peak = meter.Peak;
            clip.Landmarks = peaks is null || meter.NotFinite > 0 ? [] : Landmarks.Of(peaks.Finish());
            Judge(clip, reader, meter);
        }

        CheckManifest(clip, format);
    }

    private static void Measure(AudioReader reader, SampleMeter meter, SpectrogramPeaks? peaks)
    {
        int frames = Math.Max(1, BlockSamples / reader.Channels);
        float[] block = ArrayPool<float>.Shared.Rent(frames * reader.Channels);
        float[] mono = ArrayPool<float>.Shared.Rent(frames);
        try
        {
            for (int count; (count = reader.Read(block.AsSpan(0, frames * reader.Channels))) > 0;)
            {
                ReadOnlySpan<float> samples = block.AsSpan(0, count);
                meter.Add(samples);
                if (peaks is not null && reader.Channels == 1)
                {
                    peaks.Add(samples);
                }
                else if (peaks is not null)
                {
                    Span<float> mix = mono.AsSpan(0, count / reader.Channels);
                    MonoMix.Mix(samples, reader.Channels, mix);
                    peaks.Add(mix);
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(block);
            ArrayPool<float>.Shared.Return(mono);
        }
    }

    private void Judge(Clip clip, AudioReader reader, SampleMeter meter)
    {
        if (reader.Damage is { } damage)
        {
            clip.Faults.Add(new Fault(meter.Frames < reader.AnnouncedFrames ? FaultNames.Truncated : FaultNames.Damaged, damage));
        }

        if (meter.NotFinite > 0)
        {
            clip.Faults.Add(new Fault(FaultNames.NotFinite, $"{meter.NotFinite:n0} of {meter.Frames * meter.Channels:n0} samples"));
        }

        if (meter.IsSilent)
        {
            clip.Faults.Add(new Fault(FaultNames.Silent, null));
        }

        if (clip.DurationS < minSeconds)
        {
            clip.Faults.Add(new Fault(FaultNames.TooShort, $"{clip.DurationS:0.###} s"));
        }

        if (meter.Clipping >= ClippedShare)
        {
            clip.Faults.Add(new Fault(FaultNames.Clipped, $"{meter.Clipping * 100:0.#} % of the samples"));
        }
    }

    private void CheckManifest(Clip clip, AudioFormat format)
    {
        if (clip.Manifest is not { } entry)
        {
            return;
        }

        clip.AddKnownFaults();

        // What was packed without loss can be compared with the published wav; what was packed with loss cannot.
        bool isLossless = format is AudioFormat.Wav or AudioFormat.Au or AudioFormat.Aiff or AudioFormat.Flac;
        if (entry.Sha256 is { } expected && isLossless && clip.Sha256 != expected && HashAsWav(clip.Item.File) != expected)
        {
            clip.Faults.Add(new Fault(FaultNames.ChecksumMismatch, format == AudioFormat.Wav
                ? $"its sha256 is {clip.Sha256![..12]}..., the manifest has {expected[..Math.Min(12, expected.Length)]}..."
                : "its samples are not those of the file in the manifest"));
        }
    }

    private static string Hash(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    // The hash that a 16-bit wav of the same samples has, with the plainest of headers.
    private string HashAsWav(string file)
    {
        Sound sound = AudioFile.Read(file, useFfmpeg);
        using SHA256 hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            AudioWriter.Write(stream, sound.Samples, sound.Channels, sound.SampleRate);
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }
}
