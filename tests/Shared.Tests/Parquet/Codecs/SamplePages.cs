using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Tests.Parquet.Codecs;

/// <summary>Pages of the kinds that columns hold, from incompressible to constant; the same seed gives the same page.</summary>
internal static class SamplePages
{
    private static readonly string[] Words =
        ["feature", "recording", "balance", "frame", "mean", "deviation", "the", "of", "and", "0.25", "-17", "\n"];

    private static readonly Func<Random, int, byte[]>[] Kinds = [Noise, Zeros, ShortRepeats, Text, RisingNumbers, NoisyFloats];

    /// <summary>Properties over pages of all kinds and sizes: many small ones, some of several Snappy fragments.</summary>
    public static void Check(Func<byte[], bool> property, int pages = 300)
    {
        var kinds = Gen.Elements(Kinds);
        var lengths = Gen.Frequency((2, Gen.Choose(0, 70)), (4, Gen.Choose(0, 5_000)), (1, Gen.Choose(60_000, 200_000)));
        var all = from kind in kinds
                  from length in lengths
                  from seed in Gen.Choose(0, int.MaxValue)
                  select kind(new Random(seed), length);
        Prop.ForAll(all.ToArbitrary(), property).Check(
            Config.QuickThrowOnFailure.WithMaxTest(pages).WithReplay(20_240_607, 3));
    }

    public static byte[] Noise(Random random, int length)
    {
        byte[] page = new byte[length];
        random.NextBytes(page);
        return page;
    }

    public static byte[] Zeros(Random random, int length) => new byte[length];

    /// <summary>Copies with every small distance, which overlap themselves.</summary>
    public static byte[] ShortRepeats(Random random, int length)
    {
        byte[] page = Noise(random, length);
        for (int at = 20; at < length;)
        {
            int distance = random.Next(1, 21);
            int stop = Math.Min(length, at + random.Next(1, 100));
            for (; at < stop; at++)
            {
                page[at] = page[at - distance];
            }

            at += random.Next(0, 20);
        }

        return page;
    }

    public static byte[] Text(Random random, int length)
    {
        var text = new StringBuilder(length + 16);
        while (text.Length < length)
        {
            text.Append(Words[random.Next(Words.Length)]).Append(' ');
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    public static byte[] RisingNumbers(Random random, int length)
    {
        byte[] page = new byte[length];
        for (int at = 0, number = 0; at + sizeof(int) <= length; at += sizeof(int))
        {
            number += random.Next(4);
            BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(at), number);
        }

        return page;
    }

    public static byte[] NoisyFloats(Random random, int length)
    {
        byte[] page = new byte[length];
        for (int at = 0; at + sizeof(float) <= length; at += sizeof(float))
        {
            BinaryPrimitives.WriteSingleLittleEndian(page.AsSpan(at), random.NextSingle() - 0.5f);
        }

        return page;
    }
}
