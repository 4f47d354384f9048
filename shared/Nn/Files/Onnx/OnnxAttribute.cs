namespace Pipeline.Nn.Files.Onnx;

/// <summary>A setting of a node: a float, a whole number, text, or whole numbers.</summary>
internal sealed class OnnxAttribute
{
    // onnx.proto, message AttributeProto
    private const int FieldName = 1, FieldFloat = 2, FieldInt = 3, FieldText = 4, FieldInts = 8, FieldType = 20;
    private const int TypeFloat = 1, TypeInt = 2, TypeText = 3, TypeInts = 7;

    private readonly string name;
    private readonly int type;
    private readonly Action<ProtoWriter> value;

    public OnnxAttribute(string name, float value)
        : this(name, TypeFloat, to => to.Write(FieldFloat, value))
    {
    }

    public OnnxAttribute(string name, long value)
        : this(name, TypeInt, to => to.Write(FieldInt, value))
    {
    }

    public OnnxAttribute(string name, string value)
        : this(name, TypeText, to => to.Write(FieldText, value))
    {
    }

    public OnnxAttribute(string name, long[] values)
        : this(name, TypeInts, to => Array.ForEach(values, value => to.Write(FieldInts, value)))
    {
    }

    private OnnxAttribute(string name, int type, Action<ProtoWriter> value) => (this.name, this.type, this.value) = (name, type, value);

    public void Write(ProtoWriter to)
    {
        to.Write(FieldName, name);
        value(to);
        to.Write(FieldType, type);
    }
}
