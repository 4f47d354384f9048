using Pipeline.Tables;

namespace Pipeline.Tests;

/// <summary>A row that no rule has looked at, as another program may write it.</summary>
internal sealed record Unchecked<T>(T Row) : ITableRow<Unchecked<T>> where T : ITableRow<T>
{
    public static TableContract Contract => T.Contract;

    public string RowKey => Row.RowKey;

    public static Unchecked<T> Read(RowReader row) => new(T.Read(row));

    public void Write(RowWriter row) => Row.Write(row);

    public string? FindFault() => null;
}
