namespace Pipeline.Tables;

/// <summary>A row of a table: its contract, and how it is read and written, column by column in the contract's order.</summary>
/// <typeparam name="T">The row's own type.</typeparam>
public interface ITableRow<T> where T : ITableRow<T>
{
    /// <summary>What the table promises.</summary>
    static abstract TableContract Contract { get; }

    /// <summary>Reads the columns of the row that the reader stands on.</summary>
    static abstract T Read(RowReader row);

    /// <summary>Writes the columns.</summary>
    void Write(RowWriter row);

    /// <summary>What the row is found by: no two rows of a table have the same.</summary>
    string RowKey { get; }

    /// <summary>What the contract forbids beyond types, as a sentence that names the column; null for a sound row.</summary>
    string? FindFault();
}
