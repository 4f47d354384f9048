using System.CommandLine;

var command = new RootCommand("hello");
command.SetAction(_ => Console.WriteLine("hi"));
return command.Parse(args).Invoke();
