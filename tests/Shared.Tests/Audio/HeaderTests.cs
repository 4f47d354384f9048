using System.Buffers.Binary;
using Pipeline.Audio;
using Xunit;
using static Pipeline.Tests.Audio.WavBytes;

namespace Pipeline.Tests.Audio;

/// <summary>Headers as they are met: with chunks around, streamed, cut short, wrong.</summary>
public sealed class HeaderTests : IDisposable
{
    private static readonly byte[] OddList = [.. "abc"u8];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Chunks_may_stand_before_and_behind_the_samples() =>
        AssertSound(Riff(Chunk("JUNK", new byte[28]), Format(), Chunk("LIST", OddList), Data(), Chunk("id3 ", OddList)));

    [Fact]
    public void An_odd_chunk_may_lack_its_padding() =>
        AssertSound(Riff(Format(), Chunk("LIST", OddList, pad: false), Data()));

    [Fact]
    public void An_odd_chunk_may_be_padded_with_any_byte() =>
        AssertSound(Riff(Format(), [.. Chunk("LIST", OddList, pad: false), (byte)'x'], Data()));

    [Fact]
    public void The_samples_may_stand_before_their_format() => AssertSound(Riff(Data(), Format()));

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    [InlineData(0x7FFF_FFFFu)]
    [InlineData(0x7FFF_F024u)]
    public void A_streamed_file_is_read_to_its_end_without_complaint(uint size)
    {
        byte[] file = Riff(Format(), Data(size));
        AssertSound(file);
        using AudioReader reader = AudioReader.Open(Write(file));
        Assert.Null(reader.AnnouncedFrames);
    }

    [Fact]
    public void A_file_cut_short_is_read_as_far_as_it_goes_and_says_so()
    {
        Sound sound = AudioFile.Read(Write(Riff(Format(), Data(2 * 30_000))));
        Assert.Equal(Expected, sound.Samples);
        Assert.Equal("16 of 30,000 announced frames", sound.Damage);
    }

    [Fact]
    public void A_file_cut_within_a_frame_is_read_up_to_the_frame()
    {
        Sound sound = AudioFile.Read(Write(Riff(Format(), Data())[..^1]));
        Assert.Equal(Expected[..15], sound.Samples);
        Assert.Equal("15 of 16 announced frames", sound.Damage);
    }

    [Fact]
    public void What_stands_behind_the_samples_is_not_sound()
    {
        using AudioReader reader = AudioReader.Open(Write([.. Riff(Format(), Data()), .. new byte[1000]]));
        Assert.Equal(16, reader.AnnouncedFrames);
        Assert.Equal(16, reader.Read(new float[1000]));
    }

    [Theory]
    [InlineData("RF64")]
    [InlineData("BW64")]
    public void Lengths_of_64_bits_are_read_where_there_are_some(string magic)
    {
        byte[] ds64 = new byte[28];
        BinaryPrimitives.WriteInt64LittleEndian(ds64.AsSpan(8), 20);
        Sound sound = AudioFile.Read(Write(Riff(magic, Chunk("ds64", ds64), Format(), Data(uint.MaxValue))));
        Assert.Equal(Expected[..10], sound.Samples);
        Assert.Null(sound.Damage);

        BinaryPrimitives.WriteInt64LittleEndian(ds64.AsSpan(8), 6L << 32);
        sound = AudioFile.Read(Write(Riff(magic, Chunk("ds64", ds64), Format(), Data(uint.MaxValue))));
        Assert.Equal(Expected, sound.Samples);
        Assert.Equal("16 of 12,884,901,888 announced frames", sound.Damage);
    }

    [Fact]
    public void Twenty_bits_lie_in_three_bytes()
    {
        byte[] samples = [0x00, 0x00, 0x40, 0x00, 0x00, 0xC0];
        Assert.Equal([0.5f, -0.5f], AudioFile.Read(Write(Riff(Format(bits: 20, frameBytes: 3), Chunk("data", samples)))).Samples);
    }

    [Fact]
    public void Twenty_four_bits_may_lie_in_four_bytes() =>
        Assert.Equal([0.5f], AudioFile.Read(Write(Riff(Format(bits: 24, frameBytes: 4), Chunk("data", [0, 0, 0, 0x40])))).Samples);

    [Fact]
    public void A_frame_size_that_says_nonsense_is_not_believed() => AssertSound(Riff(Format(frameBytes: 0), Data()));

    [Fact]
    public void Any_number_of_channels_is_read()
    {
        Sound sound = AudioFile.Read(Write(Riff(Format(channels: 16), Data())));
        Assert.Equal((16, 1), (sound.Channels, sound.Frames));
        Assert.Equal(Expected, sound.Samples);
        Assert.Equal(8500 / 32768f, sound.ToMono().Samples[0]);
    }

    [Fact]
    public void A_file_behind_two_tags_is_found() =>
        AssertSound([.. "ID3\x03\0\0\0\0\0\x04"u8, 0, 0, 0, 0, .. "ID3\x04\0\0\0\0\x01\0"u8, .. new byte[128], .. Riff(Format(), Data())]);

    [Theory]
    [InlineData(AudioContainer.Wav, SampleFormat.Int16)]
    [InlineData(AudioContainer.Wav, SampleFormat.Float32)]
    [InlineData(AudioContainer.Au, SampleFormat.Int16)]
    [InlineData(AudioContainer.Au, SampleFormat.Float32)]
    public void What_is_written_is_read(AudioContainer container, SampleFormat format)
    {
        string path = folder["file"];
        using (FileStream file = File.Create(path))
        {
            AudioWriter.Write(file, Expected, 2, 44100, container, format);
        }

        Sound sound = AudioFile.Read(path);
        Assert.Equal(Expected, sound.Samples);
        Assert.Equal((2, 44100, 8), (sound.Channels, sound.SampleRate, sound.Frames));
        Assert.Equal(8 / 44100.0, sound.DurationS);
        Assert.Null(sound.Damage);
    }

    [Theory]
    [InlineData(32u, "16 of 16")]
    [InlineData(uint.MaxValue, null)]
    [InlineData(0u, null)]
    [InlineData(60_000u, "16 of 30,000 announced frames")]
    [InlineData(20u, null, 10)]
    public void The_length_of_an_au_file_may_be_open_or_wrong(uint length, string? damage, int frames = 16)
    {
        byte[] swapped = [.. Samples.Chunk(2).SelectMany(s => s.Reverse())];
        byte[] file = [.. ".snd"u8, .. Big(32), .. Big(length), .. Big(3), .. Big(22050), .. Big(1), .. "a note\0\0"u8, .. swapped];
        Sound sound = AudioFile.Read(Write(file));
        Assert.Equal(Expected[..frames], sound.Samples);
        Assert.Equal(damage == "16 of 16" ? null : damage, sound.Damage);
    }

    [Fact]
    public void An_au_file_of_DEC_is_little_endian() =>
        AssertSound([.. "dns."u8, .. UInt32(24), .. UInt32(32), .. UInt32(3), .. UInt32(22050), .. UInt32(1), .. Samples]);

    [Fact]
    public void The_samples_of_an_aiff_file_may_stand_before_their_format_and_behind_an_offset()
    {
        byte[] swapped = [.. Samples.Chunk(2).SelectMany(s => s.Reverse())];
        byte[] sound = [.. "SSND"u8, .. Big(8 + 4 + 32), .. Big(4), .. Big(0), 9, 9, 9, 9, .. swapped];
        byte[] format = [.. "COMM"u8, .. Big(18), 0, 1, .. Big(16), 0, 16, 0x40, 0x0D, 0xAC, 0x44, 0, 0, 0, 0, 0, 0];
        AssertSound([.. "FORM"u8, .. Big(0), .. "AIFF"u8, .. sound, .. format]);
    }

    [Theory]
    [InlineData(0, 22050u, "0 channels")]
    [InlineData(2000, 22050u, "2000 channels")]
    [InlineData(1, 0u, "0 Hz")]
    [InlineData(1, 999u, "999 Hz")]
    [InlineData(1, 4_000_000_000u, "4000000000 Hz")]
    public void Numbers_that_no_sound_has_are_refused(int channels, uint rate, string says) =>
        Assert.Contains(says, Refusal(Riff(Format(channels: channels, rate: rate), Data())));

    [Theory]
    [InlineData(1, 64, "PCM of 64 bits")]
    [InlineData(3, 16, "floating point of 16 bits")]
    [InlineData(6, 16, "A-law of 16 bits")]
    public void Widths_that_no_encoding_has_are_refused(int tag, int bits, string says) =>
        Assert.Contains(says, Refusal(Riff(Format(tag: tag, bits: bits), Data())));

    [Fact]
    public void A_header_without_sound_is_refused()
    {
        Assert.Contains("no data chunk", Refusal(Riff(Format())));
        Assert.Contains("header without sound", Refusal(Riff(Format(), Chunk("data", []))));
        Assert.Contains("header without sound", Refusal(Riff(Format(), Chunk("data", []), Chunk("LIST", new byte[40]))));
        Assert.Contains("before the first of 30,000", Refusal(Riff(Format(), Chunk("data", [], size: 60_000))));
        Assert.Contains("no format chunk", Refusal(Riff(Data())));
        Assert.Contains("no format chunk", Refusal(Riff()));
        Assert.Contains("cut short after 8 bytes", Refusal(Riff()[..8]));
        Assert.Contains("14 bytes", Refusal(Riff(Chunk("fmt ", new byte[14]), Data())));
        Assert.Contains("10,000 chunks", Refusal(Riff([.. Enumerable.Repeat(Chunk("LIST", []), 10_001)])));
    }

    private static byte[] Big(uint value) => [.. UInt32(value).Reverse()];

    private void AssertSound(byte[] file)
    {
        Sound sound = AudioFile.Read(Write(file));
        Assert.Equal(Expected, sound.Samples);
        Assert.Equal((1, 22050), (sound.Channels, sound.SampleRate));
        Assert.Null(sound.Damage);
    }

    private string Refusal(byte[] file) => Assert.Throws<AudioException>(() => AudioFile.Read(Write(file))).Reason;

    private string Write(byte[] bytes)
    {
        File.WriteAllBytes(folder["file"], bytes);
        return folder["file"];
    }
}
