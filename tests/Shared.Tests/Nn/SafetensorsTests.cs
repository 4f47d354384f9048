using System.Buffers.Binary;
using System.Text;
using Pipeline.Nn;
using Pipeline.Nn.Files;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed class SafetensorsTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        float[] odd = [-0f, float.NaN, float.PositiveInfinity, float.Epsilon, 1.5f];
        using var kernel = new Parameter("weight", [2, 3]);
        ((float[])[1, 2, 3, 4, 5, 6]).CopyTo(kernel.Values);
        var writer = new SafetensorsWriter();
        writer.Add("odd ones \"quoted\" ü", [5], odd);
        writer.Add("block.weight", kernel);
        writer.Add("steps", -7L);
        writer.Add("nothing", [0, 4], []);
        writer.Describe("labels", "[\"blues\"]");

        using SafetensorsReader reader = Open(Bytes(writer));
        Assert.Equal(["steps", "odd ones \"quoted\" ü", "block.weight", "nothing"], reader.Entries.Select(entry => entry.Name));
        Assert.Equal(odd.Select(BitConverter.SingleToInt32Bits), reader.Floats("odd ones \"quoted\" ü").Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(-7, reader.Number("steps"));
        Assert.Empty(reader.Floats("nothing"));
        Assert.Equal("[\"blues\"]", reader.Metadata["labels"]);
        using var again = new Parameter("weight", [2, 3]);
        reader.Read("block.weight", again);
        Assert.Equal(kernel.Values, again.Values);
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        var writer = new SafetensorsWriter();
        writer.Add("b", [1, 2], [1, -2]);
        writer.Add("a", [], [0.5f]);
        byte[] bytes = Bytes(writer);
        const string Header = """{"b":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}""";
        int padded = (Header.Length + 7) / 8 * 8;
        Assert.NotEqual(Header.Length, padded);
        Assert.Equal((ulong)padded, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        Assert.Equal(Header.PadRight(padded), Encoding.UTF8.GetString(bytes, 8, padded));
        Assert.Equal("0000803F000000C00000003F", Convert.ToHexString(bytes.AsSpan(8 + padded)));
    }

    [Fact]
    public void Whole_numbers_come_first_so_that_all_are_aligned()
    {
        var writer = new SafetensorsWriter();
        writer.Add("one", [1], [1]);
        writer.Add("steps", 3L);
        using SafetensorsReader reader = Open(Bytes(writer));
        Assert.All(reader.Entries, entry => Assert.Equal(0, entry.Offset % (entry.Item == SafetensorsItem.I64 ? 8 : 4)));
    }

    [Fact]
    public void What_is_added_may_change_before_it_is_written()
    {
        float[] values = [1, 2];
        var writer = new SafetensorsWriter();
        writer.Add("x", [2], values);
        values[0] = 9;
        using SafetensorsReader reader = Open(Bytes(writer));
        Assert.Equal([1f, 2f], reader.Floats("x"));
    }

    [Fact]
    public void A_name_is_written_once_and_a_shape_has_its_values()
    {
        var writer = new SafetensorsWriter();
        writer.Add("x", [2], [1, 2]);
        Assert.Throws<ArgumentException>(() => writer.Add("x", 1L));
        Assert.Throws<ArgumentException>(() => writer.Add("__metadata__", 1L));
        Assert.Throws<ArgumentException>(() => writer.Add("y", [3], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Add("z", [-1, -2], [1, 2]));
    }

    [Fact]
    public void What_is_asked_for_and_is_not_there_is_named()
    {
        var writer = new SafetensorsWriter();
        writer.Add("x", [1, 2], [1, 2]);
        writer.Add("steps", 3L);
        using SafetensorsReader reader = Open(Bytes(writer));
        using var other = new Parameter("weight", [2, 1]);
        Assert.Equal("m.safetensors: tensor y: is not in the file", Refused(() => reader.Floats("y")));
        Assert.Equal("m.safetensors: tensor steps: holds I64, where F32 was expected", Refused(() => reader.Floats("steps")));
        Assert.Equal("m.safetensors: tensor x: holds F32, where I64 was expected", Refused(() => reader.Number("x")));
        Assert.Equal("m.safetensors: tensor x: is 1 x 2, where the network has 2 x 1", Refused(() => reader.Read("x", other)));
    }

    // Eight bytes of data follow each header.
    [Theory]
    [InlineData("{", "the header is not JSON")]
    [InlineData("[]", "the header is not an object {...}")]
    [InlineData("{}", "bytes, and its tensors end at 10")]
    [InlineData("""{"x":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}""", "tensor x: holds F16, and only F32 and I64 are read")]
    [InlineData("""{"x":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}""", "tensor x: holds BF16")]
    [InlineData("""{"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", "tensor x: holds F64")]
    [InlineData("""{"x":{"dtype":4,"shape":[1],"data_offsets":[0,8]}}""", "tensor x: has a dtype that is not text")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "tensor x: is at 0 to 8, where its shape and kind make 12 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", "tensor x: is at 0 to 8 to 8")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "tensor x: is at 8 to 0")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[1,9]}}""", "tensor x: has 9 in its data_offsets, where a whole number from 0 to 8 belongs")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "tensor x: has -2 in its shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "tensor x: has 2.5 in its shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", "tensor x: has a shape that is not a list")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2147483647,2147483647,2147483647,2147483647],"data_offsets":[0,8]}}""", "which is more than 2 GB")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "bytes, and its tensors end at")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "tensor x: begins at byte")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "tensor y: begins at byte")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "tensor x: is there twice")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2]}}""", "tensor x: has not all of dtype, shape and data_offsets")]
    [InlineData("""{"x":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "tensor x: has 'dtype' twice")]
    [InlineData("""{"x":{"dtype":"F32","colour":1,"shape":[2],"data_offsets":[0,8]}}""", "tensor x: has 'colour' twice, or where only")]
    [InlineData("""{"x":7}""", "tensor x: is not described by an object")]
    [InlineData("""{"\ud800":7}""", "the header is not JSON")]
    [InlineData("""{"a\nb":7}""", "tensor a\\u000ab: is not described")]
    [InlineData("""{"__metadata__":[]}""", "__metadata__ is not an object")]
    [InlineData("""{"__metadata__":{"a":1}}""", "__metadata__ has 'a' twice, or as something that is not text")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "__metadata__ has 'a' twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "has __metadata__ twice")]
    public void A_header_that_is_wrong_is_refused_in_one_sentence(string header, string sentence)
    {
        string said = Refused(() => Open([.. Length((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[8]]));
        Assert.StartsWith("m.safetensors: ", said, StringComparison.Ordinal);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(9UL)]
    [InlineData(100_000_001UL)]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    public void The_length_of_the_header_is_held_against_the_file(ulong length)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(() => Open([.. Length(length), .. "{}      "u8]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_file_that_is_cut_short_or_too_long_is_refused()
    {
        byte[] whole = Sample();
        for (int length = 0; length < whole.Length; length++)
        {
            Refused(() => Open(whole[..length]));
        }

        Refused(() => Open([.. whole, 0]));
    }

    [Fact]
    public void Mistakes_at_random_places_give_numbers_or_a_sentence()
    {
        byte[] whole = Sample();
        int header = whole.Length - 5 * sizeof(float) - sizeof(long);
        string[] pieces = ["[", "]", "{", "}", "\"", ",", "-1", "0", "9999999999999999999", "\"x\":", "\"\\ud800\"", "null", "1e3", "\"I64\"", "[0,0]"];
        int refused = 0;
        for (int seed = 0; seed < 4000; seed++)
        {
            var random = new Random(seed);
            List<byte> mutant = [.. whole];
            for (int mistakes = random.Next(1, 4); mistakes > 0; mistakes--)
            {
                int at = random.Next(header);
                switch (random.Next(4))
                {
                    case 0:
                        mutant[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        mutant[at] ^= (byte)(1 << random.Next(8));
                        break;
                    case 2:
                        mutant.RemoveRange(at, Math.Min(random.Next(1, 9), mutant.Count - at));
                        break;
                    default:
                        mutant.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]));
                        break;
                }
            }

            // The header may have grown or shrunk: half of the mutants say so, and are read further.
            byte[] bytes = [.. mutant];
            if (random.Next(2) == 0)
            {
                Length((ulong)(header - sizeof(ulong) + bytes.Length - whole.Length)).CopyTo(bytes, 0);
            }

            try
            {
                using SafetensorsReader reader = Open(bytes);
                foreach (SafetensorsEntry entry in reader.Entries.Where(entry => entry.Item == SafetensorsItem.F32))
                {
                    Assert.Equal(entry.Count, reader.Floats(entry.Name).Length);
                }
            }
            catch (SafetensorsException e)
            {
                refused++;
                Assert.InRange(e.Message.Length, 20, 600);
            }
        }

        Assert.InRange(refused, 2000, 3999);
    }

    [Fact]
    public void A_file_is_opened_by_its_name()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["good.safetensors"], Sample());
        File.WriteAllText(folder["bad.safetensors"], "weights");
        using (SafetensorsReader reader = SafetensorsReader.Open(folder["good.safetensors"]))
        {
            Assert.Equal([1f, 2f], reader.Floats("x.weight"));
        }

        Assert.StartsWith(folder["bad.safetensors"], Refused(() => SafetensorsReader.Open(folder["bad.safetensors"])), StringComparison.Ordinal);
    }

    private static byte[] Sample()
    {
        var writer = new SafetensorsWriter();
        writer.Add("x.weight", [1, 2], [1, 2]);
        writer.Add("y", [3], [3, 4, 5]);
        writer.Add("steps", 12L);
        writer.Describe("about", "a sample");
        return Bytes(writer);
    }

    private static byte[] Bytes(SafetensorsWriter writer)
    {
        using var to = new MemoryStream();
        writer.Write(to);
        return to.ToArray();
    }

    private static byte[] Length(ulong length)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return bytes;
    }

    private static SafetensorsReader Open(byte[] bytes) => new(new MemoryStream(bytes), "m.safetensors");

    private static string Refused(Action read) => Assert.Throws<SafetensorsException>(read).Message;
}
