using Pipeline.Audio;
using Xunit;

namespace Pipeline.Tests.Audio;

/// <summary>Reading block by block, and whole.</summary>
public sealed class ReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Kinds => ["wav_s16le.wav", "wav_s24le.wav", "au_f64be.au", "aiff_s8.aiff", "wav_extensible_6.wav", "flac_24.flac", "vorbis.ogg", "mp3_vbr.mp3", "wav_mp3.wav"];

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Kinds))]
    public void Blocks_of_any_size_add_up_to_the_whole(string name)
    {
        RequireFor(name);
        float[] whole = AudioFile.Read(Golden.Path(name)).Samples;
        foreach (int room in (int[])[7, 64, 1000])
        {
            using AudioReader reader = AudioReader.Open(Golden.Path(name));
            var samples = new List<float>();
            float[] block = new float[room];
            for (int count; (count = reader.Read(block)) > 0;)
            {
                Assert.Equal(0, count % reader.Channels);
                samples.AddRange(block.AsSpan(0, count));
            }

            Assert.Equal(0, reader.Read(block));
            Assert.Equal(whole, samples);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Mono_is_the_average_of_the_channels(string name)
    {
        RequireFor(name);
        Sound mono = AudioFile.ReadMono(Golden.Path(name)), whole = AudioFile.Read(Golden.Path(name));
        Assert.Equal(1, mono.Channels);
        Assert.Equal(whole.ToMono().Samples, mono.Samples);
        Assert.Equal(whole.DurationS, mono.DurationS);
    }

    [Fact]
    public void Long_files_are_read_whole_in_mono_and_in_all_channels()
    {
        var random = new Random(1);
        float[] samples = [.. Enumerable.Range(0, 300_000).Select(_ => random.Next(-32768, 32768) / 32768f)];
        using (FileStream file = File.Create(folder["long.wav"]))
        {
            AudioWriter.Write(file, samples, 3, 48000);
        }

        Assert.Equal(samples, AudioFile.Read(folder["long.wav"]).Samples);
        float[] mono = new float[100_000];
        MonoMix.MixReference(samples, 3, mono);
        Assert.Equal(mono, AudioFile.ReadMono(folder["long.wav"]).Samples);
    }

    [Fact]
    public void Room_for_less_than_a_frame_is_a_mistake_of_the_caller()
    {
        using AudioReader reader = AudioReader.Open(Golden.Path("wav_s16le.wav"));
        Assert.Throws<ArgumentException>(() => reader.Read(new float[1]));
    }

    [Fact]
    public void A_file_that_shrinks_meanwhile_is_damaged_and_no_more()
    {
        File.WriteAllBytes(folder["file.wav"], WavBytes.Riff(WavBytes.Format(), WavBytes.Chunk("data", new byte[200_000])));
        using AudioReader reader = AudioReader.Open(folder["file.wav"]);
        Assert.Equal(10_000, reader.Read(new float[10_000]));
        using (var file = new FileStream(folder["file.wav"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(44 + 60_001);
        }

        Assert.Equal(20_000, reader.Read(new float[100_000]));
        Assert.Equal(0, reader.Read(new float[100_000]));
        Assert.Equal("the file shrank to 30,000 of 100,000 frames while it was read", reader.Damage);
    }

    [Fact]
    public void A_file_can_be_removed_while_it_is_read()
    {
        File.WriteAllBytes(folder["file.wav"], Golden.Bytes("wav_s16le.wav"));
        using AudioReader reader = AudioReader.Open(folder["file.wav"]);
        File.Delete(folder["file.wav"]);
        Assert.Equal(278, reader.Read(new float[1000]));
    }

    [Fact]
    public void A_header_that_announces_terabytes_makes_no_room_for_them()
    {
        byte[] ds64 = new byte[28];
        ds64[14] = 1; // 2^48 bytes
        File.WriteAllBytes(folder["file.wav"], WavBytes.Riff("RF64", WavBytes.Chunk("ds64", ds64), WavBytes.Format(), WavBytes.Data(uint.MaxValue)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(16, AudioFile.Read(folder["file.wav"]).Frames);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static void RequireFor(string name) =>
        _ = name.Contains("mp3", StringComparison.Ordinal) ? Require.Mpg123() : name is "flac_24.flac" or "vorbis.ogg" && Require.SndFile();
}
