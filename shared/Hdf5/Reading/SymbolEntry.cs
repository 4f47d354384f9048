namespace Pipeline.Hdf5.Reading;

/// <summary>A name in a group.</summary>
/// <param name="Name">The name.</param>
/// <param name="Address">The address of the object's header.</param>
/// <param name="LinkTarget">The path that a soft link stands for; null for objects.</param>
internal readonly record struct SymbolEntry(string Name, long Address, string? LinkTarget);
