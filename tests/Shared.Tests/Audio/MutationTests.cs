using System.Buffers.Binary;
using System.Diagnostics;
using Pipeline.Audio;
using Xunit;

namespace Pipeline.Tests.Audio;

/// <summary>Files with mistakes at random places give samples or an <see cref="AudioException"/>: nothing else, and soon.</summary>
public sealed class MutationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Plain => [.. Golden.Plain];

    public static TheoryData<string> Coded =>
        [.. Golden.Coded.Where(name => name is not ("flac_behind_tag.flac" or "mp3_plain.mp3"))];

    [Theory, MemberData(nameof(Plain))]
    public void Of_plain_files(string name) => Mutate(name, 150, headerBytes: 120);

    [Theory, MemberData(nameof(Coded))]
    public void Of_coded_files(string name)
    {
        _ = name.Contains("mp3", StringComparison.Ordinal) ? Require.Mpg123() : Require.SndFile();
        Mutate(name, 100, headerBytes: 400);
    }

    private static void Mutate(string name, int count, int headerBytes)
    {
        using var folder = new TemporaryFolder();
        byte[] original = Golden.Bytes(name);
        for (int seed = 0; seed < count; seed++)
        {
            byte[] mutant = Mutant(original, new Random(seed), headerBytes);
            File.WriteAllBytes(folder["mutant"], mutant);
            long start = Stopwatch.GetTimestamp();
            try
            {
                using AudioReader reader = AudioReader.Open(folder["mutant"]);
                Assert.InRange(reader.Channels, 1, AudioReader.MaxChannels);
                Assert.InRange(reader.SampleRate, AudioReader.MinSampleRate, AudioReader.MaxSampleRate);
                float[] block = new float[4096 + reader.Channels];
                for (int read; (read = reader.Read(block)) > 0;)
                {
                    Assert.Equal(0, read % reader.Channels);
                    Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"mutant {seed} does not end");
                }
            }
            catch (AudioException e)
            {
                Assert.False(string.IsNullOrWhiteSpace(e.Reason));
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"mutant {seed} of {name}: {e}");
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"mutant {seed} takes too long");
        }
    }

    private static byte[] Mutant(byte[] original, Random random, int headerBytes)
    {
        byte[] bytes = [.. original], number = new byte[4];
        for (int mistakes = random.Next(1, 5); mistakes > 0 && bytes.Length > 8; mistakes--)
        {
            // Headers are where mistakes matter most.
            int at = random.Next(random.Next(3) > 0 ? Math.Min(headerBytes, bytes.Length) : bytes.Length);
            int length = Math.Min(random.Next(1, 64), bytes.Length - at);
            switch (random.Next(8))
            {
                case 0 or 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    random.NextBytes(bytes.AsSpan(at, length));
                    break;
                case 4:
                    bytes = bytes[..at];
                    break;
                case 5:
                    bytes = [.. bytes[..at], .. bytes[(at + length)..]];
                    break;
                case 6:
                    bytes = [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]];
                    break;
                default:
                    BinaryPrimitives.WriteUInt32LittleEndian(number, Extremes[random.Next(Extremes.Length)]);
                    if (random.Next(2) == 0)
                    {
                        Array.Reverse(number);
                    }

                    number.AsSpan(0, Math.Min(4, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
                    break;
            }
        }

        return bytes;
    }

    private static readonly uint[] Extremes = [0, 1, 2, 7, 0x7F, 0xFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, uint.MaxValue];
}
