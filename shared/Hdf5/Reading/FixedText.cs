using System.Text;

namespace Pipeline.Hdf5.Reading;

/// <summary>Decodes strings of fixed length.</summary>
internal static class FixedText
{
    /// <summary>The text of a field; bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Read(Hdf5Type type, ReadOnlySpan<byte> field)
    {
        switch (type.Padding)
        {
            case Hdf5StringPadding.NullTerminated:
                int end = field.IndexOf((byte)0);
                field = end < 0 ? field : field[..end];
                break;
            case Hdf5StringPadding.NullPadded:
                field = field.TrimEnd((byte)0);
                break;
            default:
                field = field.TrimEnd((byte)' ');
                break;
        }

        return Encoding.UTF8.GetString(field);
    }
}
