using Pipeline.Hdf5.Reading;

namespace Pipeline.Hdf5;

/// <summary>A group, a dataset or a named type of a file.</summary>
public abstract class Hdf5Object
{
    private IReadOnlyList<Hdf5Attribute>? attributes;

    private protected Hdf5Object(Hdf5File file, string name, string path, long address, List<HeaderMessage> messages)
    {
        File = file;
        Name = name;
        Path = path;
        Address = address;
        Messages = messages;
    }

    /// <summary>The last part of the path; empty for the root.</summary>
    public string Name { get; }

    /// <summary>The path from the root, such as <c>/analysis/songs</c>.</summary>
    public string Path { get; }

    /// <summary>The attributes in the file's order, read when first asked for.</summary>
    /// <exception cref="Hdf5Exception">An attribute is damaged or stored in a way that is not supported.</exception>
    public IReadOnlyList<Hdf5Attribute> Attributes => attributes ??= AttributeReader.Read(this);

    /// <summary>The attribute of a name, or null.</summary>
    public Hdf5Attribute? FindAttribute(string name) => Attributes.FirstOrDefault(a => a.Name == name);

    /// <summary>The path.</summary>
    public override string ToString() => Path;

    internal Hdf5File File { get; }

    internal long Address { get; }

    internal List<HeaderMessage> Messages { get; }

    /// <summary>The exception that says what is wrong with this object.</summary>
    internal Hdf5Exception Fault(string reason, Exception? cause = null) => File.Source.Fault($"{Path}: {reason}", cause);
}
