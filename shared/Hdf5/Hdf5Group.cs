using Pipeline.Hdf5.Reading;

namespace Pipeline.Hdf5;

/// <summary>A group: names of objects.</summary>
public sealed class Hdf5Group : Hdf5Object
{
    private const int MaxDepth = 64;

    private readonly Hdf5Group? parent;
    private readonly int depth;
    private SymbolTable? table;

    internal Hdf5Group(Hdf5File file, string name, string path, Hdf5Group? parent, long address)
        : this(file, name, path, parent, address, ObjectHeader.Read(file.Source, address))
    {
    }

    private Hdf5Group(Hdf5File file, string name, string path, Hdf5Group? parent, long address, List<HeaderMessage> messages)
        : base(file, name, path, address, messages)
    {
        this.parent = parent;
        depth = parent is null ? 0 : parent.depth + 1;
    }

    /// <summary>What the group holds, in name order (by bytes), read when asked for. Soft links are left out.</summary>
    /// <exception cref="Hdf5Exception">The group is damaged, or holds itself.</exception>
    public IEnumerable<Hdf5Object> Children => Table.Entries.Where(e => e.LinkTarget is null).Select(Open);

    /// <summary>The names in the group in name order (by bytes), soft links with them.</summary>
    public IEnumerable<string> Names => Table.Entries.Select(e => e.Name);

    private SymbolTable Table => table ??= SymbolTable.Read(this);

    internal bool TryFind(string name, out SymbolEntry entry) => Table.TryFind(name, out entry);

    /// <summary>The children that are not in <paramref name="seen"/>, which they are added to.</summary>
    internal IEnumerable<Hdf5Object> ChildrenOnce(HashSet<long> seen) => Table.Entries.Where(e => e.LinkTarget is null && seen.Add(e.Address)).Select(Open);

    internal Hdf5Object Open(SymbolEntry entry)
    {
        string path = parent is null ? "/" + entry.Name : $"{Path}/{entry.Name}";
        for (Hdf5Group? above = this; above is not null; above = above.parent)
        {
            if (above.Address == entry.Address)
            {
                throw Fault($"its member '{entry.Name}' is {above.Path}, which holds it: groups in a circle are not supported");
            }
        }

        try
        {
            return Open(entry, path);
        }
        catch (Hdf5Exception e) when (!e.Reason.StartsWith(path, StringComparison.Ordinal))
        {
            throw File.Source.Fault($"{path}: {e.Reason}", e);
        }
    }

    private Hdf5Object Open(SymbolEntry entry, string path)
    {
        List<HeaderMessage> messages = ObjectHeader.Read(File.Source, entry.Address);
        if (messages.Exists(m => m.Kind == MessageKind.Layout))
        {
            return new Hdf5Dataset(File, entry.Name, path, entry.Address, messages);
        }

        if (messages.Exists(m => m.Kind == MessageKind.Datatype))
        {
            return new Hdf5NamedType(File, entry.Name, path, entry.Address, messages);
        }

        return depth < MaxDepth
            ? new Hdf5Group(File, entry.Name, path, this, entry.Address, messages)
            : throw Fault($"groups are nested deeper than {MaxDepth}");
    }
}
