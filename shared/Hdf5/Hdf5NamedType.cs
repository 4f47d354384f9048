using Pipeline.Hdf5.Reading;

namespace Pipeline.Hdf5;

/// <summary>A datatype that has a path of its own (a "committed" type). Datasets that use one cannot be read.</summary>
public sealed class Hdf5NamedType : Hdf5Object
{
    internal Hdf5NamedType(Hdf5File file, string name, string path, long address, List<HeaderMessage> messages)
        : base(file, name, path, address, messages)
    {
    }
}
