using System.Buffers.Binary;
using System.Text;

namespace Pipeline.Hdf5.Reading;

/// <summary>The names of a group: a B-tree of symbol table nodes, whose names lie in a local heap.</summary>
internal sealed class SymbolTable
{
    private const int EntrySize = 40;
    private const int SoftLink = 2;

    // Below this, a search through the list is as quick as making a dictionary.
    private const int Few = 32;

    private readonly List<SymbolEntry> entries = [];
    private readonly Hdf5Group group;
    private readonly FileSource source;
    private Dictionary<string, int>? byName;
    private byte[] heap = [];
    private long nodesLeft;
    private long textLeft;

    private SymbolTable(Hdf5Group group)
    {
        this.group = group;
        source = group.File.Source;
    }

    /// <summary>In name order.</summary>
    public IReadOnlyList<SymbolEntry> Entries => entries;

    public static SymbolTable Read(Hdf5Group group)
    {
        var table = new SymbolTable(group);
        foreach (HeaderMessage message in group.Messages)
        {
            if (message.Kind is MessageKind.LinkInfo or MessageKind.Link)
            {
                throw group.Fault("groups of the newer kind (link messages, fractal heap; written with libver='latest' or track_order) are not supported");
            }
        }

        HeaderMessage symbols = group.Messages.Find(m => m.Kind == MessageKind.SymbolTable);
        if (symbols.Kind != MessageKind.SymbolTable)
        {
            throw group.Fault("it is no group, dataset or datatype: the file is damaged");
        }

        if (symbols.Size < 16)
        {
            throw group.Fault("its symbol table message is cut short: the file is damaged");
        }

        long tree = table.source.Int64(symbols.Address), heap = table.source.Int64(symbols.Address + 8);
        table.ReadHeap(heap);
        table.nodesLeft = table.source.Length / 24 + 1; // the least that a node takes
        table.ReadTree(tree, -1);
        table.Sort();
        table.heap = [];
        return table;
    }

    public bool TryFind(string name, out SymbolEntry entry)
    {
        int index = -1;
        if (entries.Count <= Few)
        {
            index = entries.FindIndex(e => e.Name == name);
        }
        else
        {
            if (byName is null)
            {
                byName = new Dictionary<string, int>(entries.Count, StringComparer.Ordinal);
                for (int i = 0; i < entries.Count; i++)
                {
                    byName[entries[i].Name] = i;
                }
            }

            index = byName.GetValueOrDefault(name, -1);
        }

        entry = index < 0 ? default : entries[index];
        return index >= 0;
    }

    private void ReadHeap(long address)
    {
        ReadOnlySpan<byte> head = source.Span(address, 32);
        if (!head[..4].SequenceEqual("HEAP"u8))
        {
            throw group.Fault("there is no local heap where its names should be: the file is damaged");
        }

        long size = BinaryPrimitives.ReadInt64LittleEndian(head[8..]), data = BinaryPrimitives.ReadInt64LittleEndian(head[24..]);
        heap = source.Span(data, size).ToArray();
        textLeft = heap.Length;
    }

    // level: what the node has to have; -1 for the root, which may have any.
    private void ReadTree(long address, int level)
    {
        if (--nodesLeft < 0)
        {
            throw group.Fault("its B-tree runs in a circle: the file is damaged");
        }

        ReadOnlySpan<byte> head = source.Span(address, 24);
        int here = head[5], count = BinaryPrimitives.ReadUInt16LittleEndian(head[6..]);
        if (!head[..4].SequenceEqual("TREE"u8) || head[4] != 0 || (level >= 0 && here != level))
        {
            throw group.Fault("there is no B-tree node of groups where one should be: the file is damaged");
        }

        // Keys and children in turn, a key first and last. Copied, because the nodes below are read in between.
        var children = new long[count];
        ReadOnlySpan<byte> pairs = source.Span(address + 24, 16L * count);
        for (int i = 0; i < count; i++)
        {
            children[i] = BinaryPrimitives.ReadInt64LittleEndian(pairs[(16 * i + 8)..]);
        }

        foreach (long child in children)
        {
            if (here > 0)
            {
                ReadTree(child, here - 1);
            }
            else
            {
                ReadNode(child);
            }
        }
    }

    private void ReadNode(long address)
    {
        ReadOnlySpan<byte> head = source.Span(address, 8);
        if (--nodesLeft < 0 || !head[..4].SequenceEqual("SNOD"u8))
        {
            throw group.Fault("there is no symbol table node where one should be: the file is damaged");
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(head[6..]);
        ReadOnlySpan<byte> node = source.Span(address + 8, (long)count * EntrySize);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = node.Slice(i * EntrySize, EntrySize);
            string name = Text(BinaryPrimitives.ReadInt64LittleEndian(entry));
            if (name.Length == 0 || name.Contains('/'))
            {
                throw group.Fault($"it has a member named '{name}': the file is damaged");
            }

            string? target = BinaryPrimitives.ReadUInt32LittleEndian(entry[16..]) == SoftLink ? Text(BinaryPrimitives.ReadUInt32LittleEndian(entry[24..])) : null;
            entries.Add(new SymbolEntry(name, BinaryPrimitives.ReadInt64LittleEndian(entry[8..]), target));
        }
    }

    private string Text(long offset)
    {
        int length = offset >= 0 && offset < heap.Length ? heap.AsSpan((int)offset).IndexOf((byte)0) : -1;
        if (length < 0)
        {
            throw group.Fault("a name lies outside of its heap: the file is damaged");
        }

        // Names do not share bytes: many that did would take far more memory than the file.
        textLeft -= length + 1;
        return textLeft >= 0 ? Encoding.UTF8.GetString(heap, (int)offset, length) : throw group.Fault("it has more names than its heap has room for: the file is damaged");
    }

    // A sound file has its names in order already.
    private void Sort()
    {
        for (int i = 1; i < entries.Count; i++)
        {
            if (string.CompareOrdinal(entries[i - 1].Name, entries[i].Name) >= 0)
            {
                entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
                break;
            }
        }

        for (int i = 1; i < entries.Count; i++)
        {
            if (entries[i - 1].Name == entries[i].Name)
            {
                throw group.Fault($"it has two members named '{entries[i].Name}': the file is damaged");
            }
        }
    }
}
