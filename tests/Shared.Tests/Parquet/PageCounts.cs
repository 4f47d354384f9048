using Pipeline.Parquet;
using Pipeline.Parquet.Metadata;

namespace Pipeline.Tests.Parquet;

/// <summary>Counts the pages of a column, from their headers.</summary>
internal static class PageCounts
{
    public static int Of(byte[] bytes, string column)
    {
        using var temporary = new TemporaryFile(bytes);
        using ParquetFile file = ParquetFile.Open(temporary.Path);
        int index = file.Schema.Find(column)!.Index, pages = 0;
        foreach (RowGroupMetadata group in file.Metadata.RowGroups)
        {
            int at = (int)group.Columns[index].FirstPageOffset, end = at + (int)group.Columns[index].CompressedSize;
            for (; at < end; pages++)
            {
                var thrift = new ThriftReader(bytes.AsSpan(at));
                PageHeader header = PageHeader.Read(ref thrift);
                at += thrift.Position + header.CompressedSize;
            }
        }

        return pages;
    }
}
