using Pipeline.Hdf5.Filters;
using Xunit;

namespace Pipeline.Tests.Hdf5;

/// <summary>The shuffle filter: the plain loop and the vectors by the same cases.</summary>
public class ShuffleTests
{
    [Fact]
    public void Any_part_of_shuffled_elements_comes_back()
    {
        var random = new Random(1);
        foreach (int size in (int[])[1, 2, 3, 4, 7, 8, 16, 20, 256])
        {
            foreach (int count in (int[])[1, 2, 15, 16, 17, 31, 64, 100])
            {
                byte[] plain = new byte[size * count + random.Next(size)], shuffled = new byte[plain.Length];
                random.NextBytes(plain);
                Shuffle.Do(plain, size, shuffled);
                Check(plain, shuffled, size, 0, plain.Length);
                int first = random.Next(count);
                Check(plain, shuffled, size, first, random.Next(count - first + 1) * size);
            }
        }
    }

    [Fact]
    public void Bytes_are_ordered_by_their_place_in_the_element()
    {
        byte[] shuffled = new byte[7];
        Shuffle.Do([1, 2, 3, 4, 5, 6, 7], 3, shuffled);
        Assert.Equal([1, 4, 2, 5, 3, 6, 7], shuffled);
    }

    [Theory, InlineData(16), InlineData(33), InlineData(64), InlineData(1024)]
    public void Vectors_do_what_the_plain_loop_does(int count)
    {
        byte[] shuffled = new byte[8 * count];
        new Random(count).NextBytes(shuffled);
        foreach (int first in ((int[])[0, 1, count / 2, count - 16]).Distinct())
        {
            foreach (int wanted in (int[])[Math.Min(16, count - first), count - first, (count - first) / 2])
            {
                byte[] expected = new byte[8 * wanted], found = new byte[8 * wanted];
                Shuffle.UndoScalar(shuffled, 8, count, first, expected);
                int done = Shuffle.UndoVector8(shuffled, count, first, found);
                Assert.True(done == wanted / 16 * 16 || done == 0);
                Assert.Equal(expected[..(8 * done)], found[..(8 * done)]);
                Assert.False(found.AsSpan(8 * done).ContainsAnyExcept((byte)0)); // and no more than it says
            }
        }
    }

    private static void Check(byte[] plain, byte[] shuffled, int size, int first, int length)
    {
        byte[] back = new byte[length];
        Shuffle.Undo(shuffled, size, first, back);
        Assert.Equal(plain.AsSpan(first * size, length).ToArray(), back);
    }
}
