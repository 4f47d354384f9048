using System.Text;

namespace Pipeline.Nn.Training;

/// <summary>
/// The first values of weights, which are a function of a seed, the parameter's name and the place in it. A weight's last two sizes are
/// what goes in and what comes out; those before them are the places of a kernel. One of a single size makes one number.
/// </summary>
public static class Initialiser
{
    /// <summary>Kaiming He's, for layers before a ReLU: normal, of variance 2 / inputs of a unit.</summary>
    public static void He(Parameter weight, string name, uint seed)
    {
        uint bits = Seed(name, seed);
        double deviation = Math.Sqrt(2.0 / Fans(weight).In);
        Span<float> values = weight.Values;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(deviation * Normal(bits, (uint)i));
        }
    }

    /// <summary>Xavier Glorot's, which is Keras' default: even in [-a, a], a = sqrt(6 / (inputs + outputs of a unit)).</summary>
    public static void Glorot(Parameter weight, string name, uint seed)
    {
        uint bits = Seed(name, seed);
        double limit = Math.Sqrt(6.0 / (Fans(weight).In + Fans(weight).Out));
        Span<float> values = weight.Values;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(limit * (2 * Share(bits, (uint)i) - 1));
        }
    }

    // By Box and Muller, of which one of the two numbers is used.
    private static double Normal(uint seed, uint index)
    {
        double radius = Math.Sqrt(-2 * Math.Log(Share(seed, 2 * index)));
        return radius * Math.Cos(2 * Math.PI * Share(seed, 2 * index + 1));
    }

    // Strictly between 0 and 1.
    private static double Share(uint seed, uint counter) => (CounterHash.Of(seed, counter) + 0.5) / 4294967296.0;

    private static uint Seed(string name, uint seed) => Encoding.UTF8.GetBytes(name).Aggregate(seed, (hash, letter) => CounterHash.Of(hash, letter));

    // Inputs and outputs of a unit, over all places of a kernel.
    private static (long In, long Out) Fans(Parameter weight)
    {
        (int inputs, int outputs) = weight.Shape is [.., var last, var size] ? (last, size) : (weight.Length, 1);
        long places = weight.Length / ((long)inputs * outputs);
        return (places * inputs, places * outputs);
    }
}
