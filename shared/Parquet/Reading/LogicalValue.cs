using System.Buffers.Binary;
using System.Numerics;

namespace Pipeline.Parquet.Reading;

/// <summary>Turns a stored value into what its annotation says it is.</summary>
internal static class LogicalValue
{
    /// <summary>Text of more bytes may not fit a string, and comes as bytes.</summary>
    private const int MaxText = 1 << 29;

    private static readonly DateOnly Epoch = new(1970, 1, 1);

    public static object Get(ColumnBatch batch, int slot) => batch switch
    {
        ByteColumnBatch bytes => FromBytes(bytes, slot),
        ColumnBatch<float> b => b.ValueArray[slot],
        ColumnBatch<double> b => b.ValueArray[slot],
        ColumnBatch<bool> b => b.ValueArray[slot],
        ColumnBatch<int> b => FromInt32(b.Column.Node.Logical, b.ValueArray[slot]),
        ColumnBatch<long> b => FromInt64(b.Column.Node.Logical, b.ValueArray[slot]),
        ColumnBatch<Int96> b => b.ValueArray[slot],
        _ => throw new InvalidOperationException($"no such batch: {batch.GetType()}"),
    };

    private static object FromInt32(LogicalType logical, int value) => logical.Kind switch
    {
        LogicalKind.Date => FromDays(value),
        LogicalKind.Time => new ParquetTime(value, logical.Unit),
        LogicalKind.Decimal => new ParquetDecimal(value, logical.Scale),
        LogicalKind.Integer => (logical.BitWidth, logical.IsSigned) switch
        {
            (8, true) => (sbyte)value,
            (16, true) => (short)value,
            (8, false) => (byte)value,
            (16, false) => (ushort)value,
            (_, false) => (uint)value,
            _ => value,
        },
        _ => value,
    };

    private static object FromInt64(LogicalType logical, long value) => logical.Kind switch
    {
        LogicalKind.Time => new ParquetTime(value, logical.Unit),
        LogicalKind.Timestamp => new ParquetTimestamp(value, logical.Unit, logical.IsUtc),
        LogicalKind.Decimal => new ParquetDecimal(value, logical.Scale),
        LogicalKind.Integer when !logical.IsSigned => (ulong)value,
        _ => value,
    };

    private static object FromBytes(ByteColumnBatch batch, int slot)
    {
        LogicalType logical = batch.Column.Node.Logical;
        ReadOnlySpan<byte> bytes = batch.Bytes(slot);
        return logical.Kind switch
        {
            LogicalKind.String or LogicalKind.Enum or LogicalKind.Json when bytes.Length <= MaxText => batch.Text(slot),
            LogicalKind.Decimal => Decimal(bytes, logical),
            LogicalKind.Uuid => new Guid(bytes, bigEndian: true),
            LogicalKind.Float16 => BinaryPrimitives.ReadHalfLittleEndian(bytes),
            _ => bytes.ToArray(),
        };
    }

    private static ParquetDecimal Decimal(ReadOnlySpan<byte> bytes, LogicalType logical)
    {
        // A byte holds 2.4 digits: many more bytes than the precision needs would take for ever to print.
        int most = logical.Precision / 2 + 16;
        return bytes.Length <= most
            ? new ParquetDecimal(new BigInteger(bytes, isUnsigned: false, isBigEndian: true), logical.Scale)
            : throw new ParquetException($"a value of {logical} has {bytes.Length} bytes, more than the {most} that it can need");
    }

    // A day that no calendar reaches stays a number.
    private static object FromDays(int days)
    {
        long number = (long)days + Epoch.DayNumber;
        return number >= DateOnly.MinValue.DayNumber && number <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)number) : days;
    }
}
