// An option that takes a whole number, with a complaint a user understands.
using System.CommandLine;
using System.Globalization;

namespace Nestor.Tools.Commands;

internal static class NumberOption
{
    public static Option<int?> Create(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            {
                return number;
            }

            result.AddError($"{name}: '{text}' is not a number");
            return null;
        },
    };
}
