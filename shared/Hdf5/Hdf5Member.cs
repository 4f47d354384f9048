namespace Pipeline.Hdf5;

/// <summary>A member of a compound type.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Offset">Where it starts, in bytes from the start of the record.</param>
/// <param name="Type">Its type.</param>
public sealed record Hdf5Member(string Name, int Offset, Hdf5Type Type);
