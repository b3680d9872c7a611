defmodule Tide.MixProject do
end
