// Decorators of type-graphql need it before any class is read; once per worker, since tests share their modules.
import "reflect-metadata";
