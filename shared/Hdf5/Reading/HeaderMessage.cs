namespace Pipeline.Hdf5.Reading;

/// <summary>Where a message of an object header lies.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Flags">Bit 1: the message is kept elsewhere, and shared.</param>
/// <param name="Address">The address of its body.</param>
/// <param name="Size">Bytes of its body.</param>
internal readonly record struct HeaderMessage(MessageKind Kind, byte Flags, long Address, int Size)
{
    public bool IsShared => (Flags & 2) != 0;
}
