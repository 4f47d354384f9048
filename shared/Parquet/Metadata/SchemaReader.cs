namespace Pipeline.Parquet.Metadata;

/// <summary>Builds the schema tree out of the footer's flat list of elements.</summary>
internal static class SchemaReader
{
    /// <summary>Deeper schemas are refused: levels then fit a byte and no walk over the tree can overflow the stack.</summary>
    private const int MaxDepth = 64;

    private sealed class Element
    {
        public string? Name;
        public PhysicalType? Type;
        public int TypeLength;
        public Repetition Repetition;
        public int ChildCount;
        public int? ConvertedType;
        public int Precision;
        public int Scale;
        public LogicalType? Logical;
    }

    public static ParquetSchema Read(ref ThriftReader thrift, ThriftType type)
    {
        int count = thrift.EnterList(type, ThriftType.Struct);
        var elements = new List<Element>();
        for (int i = 0; i < count; i++)
        {
            elements.Add(ReadElement(ref thrift));
        }

        if (count == 0)
        {
            throw new ParquetException("the schema is empty");
        }

        int next = 1;
        var root = new SchemaNode(elements[0].Name ?? "", Repetition.Required, null, 0, default, null);
        root.Children = ReadChildren(root, elements[0].ChildCount, elements, ref next);
        return next == count
            ? new ParquetSchema(root)
            : throw new ParquetException($"the schema has {count - next} fields that belong to no group");
    }

    private static SchemaNode[] ReadChildren(SchemaNode parent, int count, List<Element> elements, ref int next)
    {
        if (count < 0 || count > elements.Count - next)
        {
            throw new ParquetException($"the schema's group '{parent.Name}' announces {count} fields, {elements.Count - next} are left");
        }

        if (parent.Depth >= MaxDepth)
        {
            throw new ParquetException($"the schema is nested deeper than {MaxDepth} levels");
        }

        var children = new SchemaNode[count];
        for (int i = 0; i < count; i++)
        {
            if (next >= elements.Count)
            {
                throw new ParquetException($"the schema ends inside the group '{parent.Name}'");
            }

            Element element = elements[next++];
            string name = element.Name ?? throw new ParquetException("the schema has a field without a name");
            bool isGroup = element.Type is null;
            if (isGroup && element.ChildCount == 0)
            {
                throw new ParquetException($"the schema's field '{name}' has neither a type nor fields");
            }

            if (!isGroup && element.ChildCount != 0)
            {
                throw new ParquetException($"the schema's field '{name}' has both a type and fields");
            }

            LogicalType logical = Annotation(element, name);
            var node = new SchemaNode(name, element.Repetition, element.Type, element.TypeLength, logical, parent);
            if (isGroup)
            {
                node.Children = ReadChildren(node, element.ChildCount, elements, ref next);
            }

            children[i] = node;
        }

        return children;
    }

    private static Element ReadElement(ref ThriftReader thrift)
    {
        var element = new Element();
        short outer = thrift.EnterStruct();
        while (thrift.NextField(out int id, out ThriftType type))
        {
            switch (id)
            {
                case 1:
                    int physical = thrift.ReadInt32(type);
                    element.Type = physical is >= 0 and <= 7
                        ? (PhysicalType)physical
                        : throw new ParquetException($"the schema has the unknown type {physical}");
                    break;
                case 2: element.TypeLength = thrift.ReadInt32(type); break;
                case 3:
                    int repetition = thrift.ReadInt32(type);
                    element.Repetition = repetition is >= 0 and <= 2
                        ? (Repetition)repetition
                        : throw new ParquetException($"the schema has the unknown repetition {repetition}");
                    break;
                case 4: element.Name = thrift.ReadText(type); break;
                case 5: element.ChildCount = thrift.ReadInt32(type); break;
                case 6: element.ConvertedType = thrift.ReadInt32(type); break;
                case 7: element.Scale = thrift.ReadInt32(type); break;
                case 8: element.Precision = thrift.ReadInt32(type); break;
                case 10: element.Logical = ReadLogicalType(ref thrift, type); break;
                default: thrift.Skip(type); break;
            }
        }

        thrift.LeaveStruct(outer);
        if (element.Type == PhysicalType.FixedLengthByteArray && element.TypeLength <= 0)
        {
            throw new ParquetException($"the schema's field '{element.Name}' has the impossible length {element.TypeLength}");
        }

        if (element.Type != PhysicalType.FixedLengthByteArray)
        {
            element.TypeLength = 0;
        }

        return element;
    }

    private static LogicalType ReadLogicalType(ref ThriftReader thrift, ThriftType type)
    {
        ThriftReader.ExpectStruct(type);
        var logical = new LogicalType(LogicalKind.Other);
        short outer = thrift.EnterStruct();
        while (thrift.NextField(out int id, out ThriftType field))
        {
            logical = id switch
            {
                1 => new LogicalType(LogicalKind.String),
                2 => new LogicalType(LogicalKind.Map),
                3 => new LogicalType(LogicalKind.List),
                4 => new LogicalType(LogicalKind.Enum),
                5 => new LogicalType(LogicalKind.Decimal),
                6 => new LogicalType(LogicalKind.Date),
                7 => new LogicalType(LogicalKind.Time),
                8 => new LogicalType(LogicalKind.Timestamp),
                10 => new LogicalType(LogicalKind.Integer),
                11 => new LogicalType(LogicalKind.Unknown),
                12 => new LogicalType(LogicalKind.Json),
                13 => new LogicalType(LogicalKind.Bson),
                14 => new LogicalType(LogicalKind.Uuid),
                15 => new LogicalType(LogicalKind.Float16),
                _ => new LogicalType(LogicalKind.Other),
            };
            if (field == ThriftType.Struct)
            {
                logical = ReadParameters(ref thrift, logical);
            }
            else
            {
                thrift.Skip(field);
            }
        }

        thrift.LeaveStruct(outer);
        return logical;
    }

    private static LogicalType ReadParameters(ref ThriftReader thrift, LogicalType logical)
    {
        short outer = thrift.EnterStruct();
        while (thrift.NextField(out int id, out ThriftType type))
        {
            switch (logical.Kind, id)
            {
                case (LogicalKind.Decimal, 1): logical = logical with { Scale = thrift.ReadInt32(type) }; break;
                case (LogicalKind.Decimal, 2): logical = logical with { Precision = thrift.ReadInt32(type) }; break;
                case (LogicalKind.Time or LogicalKind.Timestamp, 1): logical = logical with { IsUtc = ThriftReader.ReadBoolean(type) }; break;
                case (LogicalKind.Time or LogicalKind.Timestamp, 2): logical = logical with { Unit = ReadUnit(ref thrift, type) }; break;
                case (LogicalKind.Integer, 1): logical = logical with { BitWidth = thrift.ReadInt32(type) }; break;
                case (LogicalKind.Integer, 2): logical = logical with { IsSigned = ThriftReader.ReadBoolean(type) }; break;
                default: thrift.Skip(type); break;
            }
        }

        thrift.LeaveStruct(outer);
        return logical;
    }

    private static TimeUnit ReadUnit(ref ThriftReader thrift, ThriftType type)
    {
        ThriftReader.ExpectStruct(type);
        TimeUnit unit = TimeUnit.Milliseconds;
        short outer = thrift.EnterStruct();
        while (thrift.NextField(out int id, out ThriftType field))
        {
            unit = id switch { 2 => TimeUnit.Microseconds, 3 => TimeUnit.Nanoseconds, _ => TimeUnit.Milliseconds };
            thrift.Skip(field);
        }

        thrift.LeaveStruct(outer);
        return unit;
    }

    /// <summary>The annotation, from the new field or the old one; one that does not fit the stored type is dropped, as the format asks.</summary>
    private static LogicalType Annotation(Element element, string name)
    {
        LogicalType logical = element.Logical is { Kind: not LogicalKind.Other } modern ? modern : Converted(element);
        bool fits = logical.Kind switch
        {
            LogicalKind.None or LogicalKind.Other or LogicalKind.Unknown => true,
            LogicalKind.List or LogicalKind.Map => element.Type is null,
            LogicalKind.String or LogicalKind.Enum or LogicalKind.Json or LogicalKind.Bson => element.Type == PhysicalType.ByteArray,
            LogicalKind.Uuid => element is { Type: PhysicalType.FixedLengthByteArray, TypeLength: 16 },
            LogicalKind.Interval => element is { Type: PhysicalType.FixedLengthByteArray, TypeLength: 12 },
            LogicalKind.Float16 => element is { Type: PhysicalType.FixedLengthByteArray, TypeLength: 2 },
            LogicalKind.Date => element.Type == PhysicalType.Int32,
            LogicalKind.Time => element.Type == (logical.Unit == TimeUnit.Milliseconds ? PhysicalType.Int32 : PhysicalType.Int64),
            LogicalKind.Timestamp => element.Type == PhysicalType.Int64,
            LogicalKind.Integer => logical.BitWidth switch
            {
                8 or 16 or 32 => element.Type == PhysicalType.Int32,
                64 => element.Type == PhysicalType.Int64,
                _ => false,
            },
            LogicalKind.Decimal => element.Type is PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.ByteArray or PhysicalType.FixedLengthByteArray,
            _ => false,
        };
        if (logical.Kind == LogicalKind.Decimal && fits && (logical.Precision <= 0 || logical.Scale < 0 || logical.Scale > logical.Precision || logical.Precision > 10_000))
        {
            throw new ParquetException($"the schema's field '{name}' is an impossible decimal({logical.Precision},{logical.Scale})");
        }

        return fits ? logical : default;
    }

    private static LogicalType Converted(Element element) => element.ConvertedType switch
    {
        0 => new LogicalType(LogicalKind.String),
        1 or 2 => new LogicalType(LogicalKind.Map),
        3 => new LogicalType(LogicalKind.List),
        4 => new LogicalType(LogicalKind.Enum),
        5 => new LogicalType(LogicalKind.Decimal, element.Precision, element.Scale),
        6 => new LogicalType(LogicalKind.Date),
        7 => new LogicalType(LogicalKind.Time, Unit: TimeUnit.Milliseconds, IsUtc: true),
        8 => new LogicalType(LogicalKind.Time, Unit: TimeUnit.Microseconds, IsUtc: true),
        9 => new LogicalType(LogicalKind.Timestamp, Unit: TimeUnit.Milliseconds, IsUtc: true),
        10 => new LogicalType(LogicalKind.Timestamp, Unit: TimeUnit.Microseconds, IsUtc: true),
        >= 11 and <= 14 => new LogicalType(LogicalKind.Integer, BitWidth: 8 << (element.ConvertedType.Value - 11), IsSigned: false),
        >= 15 and <= 18 => new LogicalType(LogicalKind.Integer, BitWidth: 8 << (element.ConvertedType.Value - 15)),
        19 => new LogicalType(LogicalKind.Json),
        20 => new LogicalType(LogicalKind.Bson),
        21 => new LogicalType(LogicalKind.Interval),
        _ => default,
    };
}
