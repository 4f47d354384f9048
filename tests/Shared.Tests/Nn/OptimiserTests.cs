using System.Runtime.InteropServices;
using Pipeline.Nn;
using Pipeline.Nn.Training;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed class OptimiserTests
{
    private const int Length = 37;

    public static TheoryData<string, OptimiserSettings> Optimisers => new()
    {
        { "sgd", new OptimiserSettings { Kind = OptimiserKind.Sgd } },
        { "momentum", new OptimiserSettings { Kind = OptimiserKind.Sgd, Momentum = 0.9f, WeightDecay = 0.01f } },
        { "nesterov", new OptimiserSettings { Kind = OptimiserKind.Sgd, Momentum = 0.8f, Nesterov = true } },
        { "adam", new OptimiserSettings { Beta1 = 0.85, Beta2 = 0.99, Epsilon = 1e-6f, WeightDecay = 0.02f } },
        { "adamw", new OptimiserSettings { Kind = OptimiserKind.Adamw, WeightDecay = 0.1f } },
        { "adagrad", new OptimiserSettings { Kind = OptimiserKind.Adagrad } },
        { "clipped", new OptimiserSettings { GreatestNorm = 2 } },
    };

    [Theory]
    [MemberData(nameof(Optimisers), DisableDiscoveryEnumeration = true)]
    public void Every_step_is_PyTorchs(string name, OptimiserSettings settings)
    {
        float[] gradients = Golden("gradients"), expected = Golden(name);
        using var team = new Team(2);
        using Parameter parameter = Start();
        using var optimiser = new Optimiser([("w", parameter)], settings, team);
        for (int step = 0; step < gradients.Length / Length; step++)
        {
            gradients.AsSpan(step * Length, Length).CopyTo(parameter.Gradient);
            optimiser.Step(0.05f);
            TorchGolden.AssertClose(expected.AsSpan(step * Length, Length), parameter.Values, 5e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Optimisers), DisableDiscoveryEnumeration = true)]
    public void A_restored_one_goes_on_bit_for_bit(string name, OptimiserSettings settings)
    {
        Assert.NotEmpty(name);
        using var team = new Team(1);
        using Parameter one = Start(), other = Start();
        using var steady = new Optimiser([("w", one)], settings, team);
        Run(steady, one, 0, 3);
        using var restored = new Optimiser([("w", other)], settings, team) { Steps = steady.Steps };
        one.Values.CopyTo(other.Values);
        Assert.Equal(steady.State.Select(p => p.Name), restored.State.Select(p => p.Name));
        for (int i = 0; i < steady.State.Count; i++)
        {
            steady.State[i].Values.CopyTo(restored.State[i].Values);
        }

        Run(steady, one, 3, 6);
        Run(restored, other, 3, 6);
        Assert.Equal(one.Values.ToArray(), other.Values.ToArray());
    }

    [Fact]
    public void Any_number_of_threads_makes_the_same_step()
    {
        float[] one = Trained(1);
        Assert.Equal(one, Trained(2));
        Assert.Equal(one, Trained(3));
    }

    [Fact]
    public void Decay_pulls_at_parameters_that_decay_and_a_penalty_at_those_that_have_one()
    {
        using var team = new Team(1);
        using var weight = new Parameter("weight", [2], decays: true);
        using var bias = new Parameter("bias", [2]);
        using var penalised = new Parameter("bias", [2]) { L2 = 0.25f };
        using var running = new Parameter("mean", [2], isTrained: false);
        foreach (Parameter p in new[] { weight, bias, penalised, running })
        {
            p.Values.Fill(4);
        }

        using var optimiser = new Optimiser([("a", weight), ("b", bias), ("c", penalised), ("d", running)], new OptimiserSettings { Kind = OptimiserKind.Sgd, WeightDecay = 0.125f }, team);
        optimiser.Step(1);

        Assert.Equal([3.5f, 4, 2, 4], [weight.Values[1], bias.Values[1], penalised.Values[1], running.Values[1]]);
        Assert.Equal(Math.Sqrt(8), optimiser.GradientNorm, 1e-12);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_gradient_that_is_not_finite_is_told_and_moves_nothing(float bad)
    {
        using var team = new Team(1);
        using Parameter parameter = Start();
        float[] before = parameter.Values.ToArray();
        parameter.Gradient[36] = bad;
        using var optimiser = new Optimiser([("w", parameter)], new OptimiserSettings(), team);
        optimiser.Step(0.1f);

        Assert.False(double.IsFinite(optimiser.GradientNorm));
        Assert.Equal(0, optimiser.Steps);
        Assert.Equal(before, parameter.Values.ToArray());
        Assert.All(optimiser.State, p => Assert.All(p.Values.ToArray(), v => Assert.Equal(0, v)));
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        using var team = new Team(1);
        Assert.Throws<ArgumentException>(() => new Optimiser([], new OptimiserSettings { Beta1 = 1 }, team));
        Assert.Throws<ArgumentException>(() => new Optimiser([], new OptimiserSettings { Epsilon = 0 }, team));
        Assert.Throws<ArgumentException>(() => new Optimiser([], new OptimiserSettings { Nesterov = true }, team));
        Assert.Throws<ArgumentException>(() => new RateSchedule(new RateSettings { Floor = 1 }));
    }

    [Fact]
    public void The_rate_falls_on_a_plateau_as_PyTorchs_does()
    {
        float[] losses = Golden("losses"), expected = Golden("plateau");
        var settings = new RateSettings { Kind = RateKind.Plateau, Rate = 0.1f, Factor = 0.5f, Patience = 1, Cooldown = 2, Floor = 0.02f };
        var schedule = new RateSchedule(settings);
        for (int i = 0; i < losses.Length; i++)
        {
            Assert.Equal(expected[i], schedule.Rate(i, losses.Length), 1e-8f);
            schedule.Observe(losses[i]);
            schedule = new RateSchedule(settings) { State = [.. schedule.State] };
        }

        Assert.Equal(3, expected.Distinct().Count() - 1);
    }

    [Fact]
    public void The_rate_rises_and_falls_once_as_PyTorchs_does()
    {
        float[] expected = Golden("one_cycle");
        var schedule = new RateSchedule(new RateSettings { Kind = RateKind.OneCycle, Rate = 0.1f });
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], schedule.Rate(i, 25), 1e-7f);
        }
    }

    [Fact]
    public void The_rate_warms_up_and_falls_along_a_cosine_to_its_floor()
    {
        var schedule = new RateSchedule(new RateSettings { Kind = RateKind.Cosine, Rate = 1, Floor = 0.2f, WarmUp = 0.1 });
        float[] rates = [.. Enumerable.Range(0, 21).Select(i => schedule.Rate(i, 21))];
        Assert.Equal([0.5f, 1, 1], rates[..3]);
        Assert.Equal(0.6, rates[11], 1e-6);
        Assert.Equal(0.2, rates[20], 1e-6);
        Assert.Equal(0.3f, new RateSchedule(new RateSettings { Rate = 0.3f }).Rate(7, 9));
    }

    [Fact]
    public void The_average_follows_and_is_swapped_in_and_out()
    {
        using var weight = new Parameter("weight", [1]);
        using var running = new Parameter("mean", [1], isTrained: false);
        using var average = new WeightAverage([("a.weight", weight), ("a.mean", running)], 0.25f);
        Assert.Throws<InvalidOperationException>(average.Swap);
        (weight.Values[0], running.Values[0]) = (11, 2);
        average.Update();
        (weight.Values[0], running.Values[0]) = (22, 13);
        average.Update(); // the past has a share of 2 / 11
        average.Swap();
        Assert.Equal(20, weight.Values[0], 1e-5f);
        Assert.Equal(11, running.Values[0], 1e-5f);
        Assert.Throws<InvalidOperationException>(average.Update);
        average.Swap();
        Assert.Equal([22, 13], [weight.Values[0], running.Values[0]]);

        weight.Values[0] = 30;
        average.Updates = 100; // the share is the decay now
        average.Update();
        Assert.Equal(27.5, average.State[0].Values[0], 1e-5f);
        Assert.Equal(["a.weight.average", "a.mean.average"], average.State.Select(p => p.Name));
    }

    [Fact]
    public void First_weights_have_the_right_spread_and_depend_on_seed_and_name()
    {
        float[] he = First((p, name, seed) => Initialiser.He(p, name, seed), "a", 1);
        Assert.Equal(0, he.Average(), 0.005);
        Assert.Equal(2.0 / (3 * 50), he.Average(v => (double)v * v), 5e-4);
        Assert.Equal(3, he.Average(v => Math.Pow(v, 4)) / Math.Pow(he.Average(v => (double)v * v), 2), 0.2);

        float[] glorot = First((p, name, seed) => Initialiser.Glorot(p, name, seed), "a", 1);
        double limit = Math.Sqrt(6.0 / (3 * (50 + 80)));
        Assert.Equal(limit * limit / 3, glorot.Average(v => (double)v * v), 2e-4);
        Assert.InRange(glorot.Max(), 0.999 * limit, limit);

        Assert.Equal(he, First((p, name, seed) => Initialiser.He(p, name, seed), "a", 1));
        Assert.NotEqual(he, First((p, name, seed) => Initialiser.He(p, name, seed), "b", 1));
        Assert.NotEqual(he, First((p, name, seed) => Initialiser.He(p, name, seed), "a", 2));
    }

    private static float[] First(Action<Parameter, string, uint> fill, string name, uint seed)
    {
        using var weight = new Parameter("weight", [1, 3, 50, 80], decays: true);
        fill(weight, name, seed);
        return weight.Values.ToArray();
    }

    private static float[] Golden(string name) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Repository.Find("tests", "golden", "nn", $"optimiser_{name}.f32"))).ToArray();

    private static Parameter Start()
    {
        var parameter = new Parameter("weight", [Length], decays: true);
        Golden("start").CopyTo(parameter.Values);
        return parameter;
    }

    private static void Run(Optimiser optimiser, Parameter parameter, int from, int to)
    {
        float[] gradients = Golden("gradients");
        for (int step = from; step < to; step++)
        {
            gradients.AsSpan(step * Length, Length).CopyTo(parameter.Gradient);
            optimiser.Step(0.05f);
        }
    }

    private static float[] Trained(int threads)
    {
        using var team = new Team(threads);
        using var parameter = new Parameter("weight", [90_001]);
        using var optimiser = new Optimiser([("w", parameter)], new OptimiserSettings { GreatestNorm = 1 }, team);
        for (int step = 0; step < 3; step++)
        {
            for (int i = 0; i < parameter.Length; i++)
            {
                parameter.Gradient[i] = CounterHash.Share((uint)step, (uint)i) - 0.4f;
            }

            optimiser.Step(0.01f);
        }

        return [.. parameter.Values, (float)optimiser.GradientNorm];
    }
}
