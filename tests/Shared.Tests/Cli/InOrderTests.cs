using Pipeline.Cli;
using Xunit;

namespace Pipeline.Tests.Cli;

public sealed class InOrderTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(7)]
    public void Results_come_in_the_items_order_however_long_each_takes(int threads)
    {
        var random = new Random(3);
        int[] pauses = [.. Enumerable.Range(0, 200).Select(_ => random.Next(3))];
        IEnumerable<int> results = InOrder.Select(Enumerable.Range(0, 200), threads, i =>
        {
            Thread.Sleep(pauses[i]);
            return i * i;
        }, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => i * i), results);
    }

    [Fact]
    public void No_items_give_no_results() =>
        Assert.Empty(InOrder.Select(Array.Empty<int>(), 3, i => i, CancellationToken.None));

    [Fact]
    public void Only_a_few_items_are_ahead_of_the_one_that_is_taken()
    {
        int taken = 0;
        int furthest = 0;
        IEnumerable<int> Items()
        {
            for (int i = 0; i < 1000; i++)
            {
                furthest = Math.Max(furthest, i - Volatile.Read(ref taken));
                yield return i;
            }
        }

        foreach (int _ in InOrder.Select(Items(), 2, i => i, CancellationToken.None))
        {
            taken++;
        }

        Assert.InRange(furthest, 1, 10);
    }

    [Fact]
    public void The_first_failure_in_the_items_order_is_the_one_that_is_thrown()
    {
        var results = new List<int>();
        var e = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (int result in InOrder.Select(Enumerable.Range(0, 100), 4, Work, CancellationToken.None))
            {
                results.Add(result);
            }
        });
        Assert.Equal("item 20", e.Message);
        Assert.Equal(Enumerable.Range(0, 20), results);

        static int Work(int i)
        {
            if (i == 20)
            {
                Thread.Sleep(50); // 21 fails long before
            }

            return i >= 20 ? throw new InvalidDataException($"item {i}") : i;
        }
    }

    [Fact]
    public void A_failure_of_the_items_themselves_comes_after_the_results_before_it()
    {
        static IEnumerable<int> Items()
        {
            yield return 1;
            yield return 2;
            throw new IOException("the folder is gone");
        }

        var results = new List<int>();
        Assert.Throws<IOException>(() =>
        {
            foreach (int result in InOrder.Select(Items(), 2, i => i, CancellationToken.None))
            {
                results.Add(result);
            }
        });
        Assert.Equal([1, 2], results);
    }

    [Fact]
    public void Cancelling_ends_it_and_waits_for_what_is_under_way()
    {
        using var source = new CancellationTokenSource();
        int running = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (int i in InOrder.Select(Enumerable.Range(0, 1000), 3, Work, source.Token))
            {
                if (i == 10)
                {
                    source.Cancel();
                }
            }
        });
        Assert.Equal(0, Volatile.Read(ref running));

        int Work(int i)
        {
            Interlocked.Increment(ref running);
            Thread.Sleep(5);
            Interlocked.Decrement(ref running);
            return i;
        }
    }

    [Fact]
    public void Leaving_early_stops_the_threads()
    {
        int done = 0;
        Assert.Equal(0, InOrder.Select(Enumerable.Range(0, 1_000_000), 2, i => Interlocked.Increment(ref done) > 0 ? i : i, CancellationToken.None).First());
        int now = Volatile.Read(ref done);
        Thread.Sleep(30);
        Assert.Equal(now, Volatile.Read(ref done));
    }
}
