// Runs in the browser, after the UMD files of react, react-dom and graphiql. A file of its own, because the page's
// content security policy allows no inline script.
const { graphqlPath, defaultQuery } = document.body.dataset;
const token = document.getElementById("token");
const purpose = document.getElementById("purpose");

// `npm start` prints an address that ends in #token=…; a fragment is never sent to a server. It leaves the address
// bar at once, so that it is not copied along with it.
const fragment = new URLSearchParams(location.hash.slice(1));
if (fragment.has("token")) {
  sessionStorage.setItem("nivel-token", fragment.get("token"));
  sessionStorage.setItem("nivel-purpose", fragment.get("purpose") ?? "");
  history.replaceState(null, "", location.pathname + location.search);
}
token.value = sessionStorage.getItem("nivel-token") ?? "";
purpose.value = sessionStorage.getItem("nivel-purpose") ?? "";

function fetcher() {
  const headers = { "content-type": "application/json", accept: "application/json" };
  if (token.value.trim() !== "") headers.authorization = `Bearer ${token.value.trim()}`;
  if (purpose.value !== "") headers["nivel-purpose"] = purpose.value;
  return async (request, options) => {
    const response = await fetch(graphqlPath, {
      method: "POST",
      headers: { ...headers, ...options?.headers },
      body: JSON.stringify(request),
    });
    return response.json();
  };
}

const root = ReactDOM.createRoot(document.getElementById("graphiql"));

// A new fetcher makes GraphiQL ask for the schema again, which may need the token.
function render() {
  sessionStorage.setItem("nivel-token", token.value.trim());
  sessionStorage.setItem("nivel-purpose", purpose.value);
  root.render(
    React.createElement(GraphiQL, {
      fetcher: fetcher(),
      defaultQuery,
      // Queries and variables can name a person: they end with the tab.
      storage: sessionStorage,
      shouldPersistHeaders: false,
      defaultEditorToolsVisibility: "variables",
    }),
  );
}

token.addEventListener("change", render);
purpose.addEventListener("change", render);
render();
