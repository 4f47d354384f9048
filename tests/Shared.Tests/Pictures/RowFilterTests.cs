using Pipeline.Pictures.Png;
using Xunit;

namespace Pipeline.Tests.Pictures;

/// <summary>Each filter for each step: vectors and the reference give the same bytes, and undoing gives back what there was.</summary>
public sealed class RowFilterTests
{
    public static TheoryData<int, int> Filters => [.. from filter in Enumerable.Range(0, RowFilter.Count) from step in (int[])[1, 2, 3, 4, 6, 8] select (filter, step)];

    [Theory, MemberData(nameof(Filters))]
    public void Vectors_and_reference_agree_and_undo_each_other(int filter, int step)
    {
        var random = new Random(filter * 10 + step);
        for (int pixels = 0; pixels < 90; pixels++)
        {
            byte[] row = new byte[pixels * step], above = new byte[pixels * step];
            random.NextBytes(row);
            random.NextBytes(above);
            byte[] filtered = new byte[row.Length], reference = new byte[row.Length];
            long sum = RowFilter.Apply(filter, row, above, step, filtered);
            Assert.Equal(RowFilter.ApplyReference(filter, row, above, step, reference, 0, row.Length), sum);
            Assert.Equal(reference, filtered);
            RowFilter.Undo(filter, filtered, above, step);
            RowFilter.UndoReference(filter, reference, above, step);
            Assert.Equal(row, filtered);
            Assert.Equal(row, reference);
        }
    }
}
