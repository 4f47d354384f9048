using Pipeline.Hdf5;

namespace Pipeline.Msd;

/// <summary>One song's row of a table, which may be absent, as may its members.</summary>
internal readonly struct MsdRow(Hdf5Rows? rows, int row)
{
    public string? Text(string field) => Find(field) is >= 0 and int f ? rows!.Text(row, f) : null;

    public int? Int32(string field) => Find(field) is >= 0 and int f ? rows!.Int32(row, f) : null;

    public double Double(string field) => Find(field) is >= 0 and int f ? rows!.Double(row, f) : double.NaN;

    private int Find(string field) => rows?.FindField(field) ?? -1;
}
