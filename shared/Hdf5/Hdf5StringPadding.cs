namespace Pipeline.Hdf5;

/// <summary>How a string shorter than its field ends; the numbers are those of the file format.</summary>
public enum Hdf5StringPadding
{
    /// <summary>At the first zero byte, or with the field.</summary>
    NullTerminated = 0,

    /// <summary>Before the zero bytes at the field's end.</summary>
    NullPadded = 1,

    /// <summary>Before the spaces at the field's end.</summary>
    SpacePadded = 2,
}
