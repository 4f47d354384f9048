using Pipeline.Hdf5;

namespace Pipeline.Tests.Hdf5;

/// <summary>Asks an open file for everything there is in it.</summary>
internal static class ReadAll
{
    /// <summary>Reads it all and gives how many bytes of data there were. Each refusal that is not the whole file's goes to <paramref name="refused"/>.</summary>
    public static long Read(string path, Action<Hdf5Exception> refused)
    {
        long bytes = 0;
        try
        {
            using Hdf5File file = Hdf5File.Open(path);
            foreach (Hdf5Object item in file.Objects())
            {
                Try(() => item.Attributes.Select(a => a.ToString()).ToList());
                if (item is not Hdf5Dataset dataset)
                {
                    continue;
                }

                Try(() => bytes += dataset.ReadBytes().Length);
                Try(() => bytes += dataset.StoredBytes);
                Try(() => dataset.ReadRows(dataset.RowCount / 2, (int)Math.Min(3, dataset.RowCount - dataset.RowCount / 2), new byte[Math.Min(dataset.RowBytes, 1 << 24) * 3L]));
                Try(() => dataset.ReadDoubles());
                Try(() => dataset.ReadTexts());
                Try(() => dataset.ReadTable().Text(0, 0));
            }
        }
        catch (Hdf5Exception e)
        {
            refused(e);
        }

        return bytes;

        void Try(Action read)
        {
            try
            {
                read();
            }
            catch (Hdf5Exception e)
            {
                refused(e);
            }
            catch (ArgumentException)
            {
                // A table without rows, or a room too small for absurd rows: the caller's own doing.
            }
        }
    }
}
